import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.logging.LogManager;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.validation.validators.ValidatorConfig;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.verapdf.features.FeatureFactory;
import org.verapdf.metadata.fixer.FixerFactory;
import org.verapdf.processor.BatchProcessor;
import org.verapdf.processor.FormatOption;
import org.verapdf.processor.ProcessorConfig;
import org.verapdf.processor.ProcessorFactory;
import org.verapdf.processor.TaskType;
import org.verapdf.processor.plugins.PluginsCollectionConfig;

/**
 * The command {@code verapdf --format xml --flavour FLAVOUR FILE...}: veraPDF's own command comes by no
 * package, its engine and its report do.
 */
public final class VeraPdfCli {
    private VeraPdfCli() {}

    public static void main(String[] arguments) throws VeraPDFException, java.io.IOException {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        List<String> words = Arrays.asList(arguments);
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(words.get(words.indexOf("--flavour") + 1));
        List<File> files = new ArrayList<>();
        words.subList(4, words.size()).forEach(word -> files.add(new File(word)));
        ValidatorConfig validator = ValidatorFactory.createConfig(flavour, false, 10, false);
        ProcessorConfig config = ProcessorFactory.fromValues(validator, FeatureFactory.defaultConfig(),
                PluginsCollectionConfig.defaultConfig(), FixerFactory.defaultConfig(),
                EnumSet.of(TaskType.VALIDATE));
        try (BatchProcessor processor = ProcessorFactory.fileBatchProcessor(config)) {
            processor.process(files, ProcessorFactory.getHandler(FormatOption.XML, false, System.out, false));
        }
    }
}
