import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDF files with the engine of veraPDF: {@code VeraPdf FLAVOUR[,FLAVOUR...] FILE...}; see
 * {@code java.py} for its lines.
 */
public final class VeraPdf {
    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private VeraPdf() {}

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        List<PDFAFlavour> flavours = Stream.of(arguments[0].split(","))
                .map(VeraPdf::flavour).collect(Collectors.toList());
        for (int file = 1; file < arguments.length; file++) {
            judge(file - 1, Path.of(arguments[file]), flavours);
        }
        OUT.flush();
    }

    private static PDFAFlavour flavour(String id) {
        // fromString guesses; an unknown id must not be judged by some other rules.
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
        if (flavour == null || flavour == PDFAFlavour.NO_FLAVOUR) {
            System.err.println("unknown flavour " + id);
            System.exit(2);
        }
        return flavour;
    }

    private static void judge(int number, Path path, List<PDFAFlavour> flavours) {
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        try (var bytes = Files.newInputStream(path);
                PDFAParser parser = foundry.createParser(bytes, flavours.get(0));
                PDFAValidator validator = foundry.createValidator(flavours)) {
            parser.setFlavours(flavours);
            validator.validateAll(parser).forEach(result -> report(number, result));
        } catch (Exception | LinkageError error) {
            fault(number, "cannot be read: " + error);
        }
        OUT.println(number);
    }

    private static void report(int number, ValidationResult result) {
        Map<String, TestAssertion> first = new LinkedHashMap<>();
        Map<String, Integer> times = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                var id = assertion.getRuleId();
                String rule = id.getClause() + "-" + id.getTestNumber();
                first.putIfAbsent(rule, assertion);
                times.merge(rule, 1, Integer::sum);
            }
        }
        String flavour = result.getPDFAFlavour().getId();
        first.forEach((rule, assertion) -> fault(number, String.format("%s %s (%dx): %s [%s]", flavour,
                rule, times.get(rule), assertion.getMessage(), assertion.getLocation().getContext())));
        if (first.isEmpty() && !result.isCompliant()) {
            fault(number, flavour + " not compliant");
        }
    }

    private static void fault(int number, String words) {
        OUT.println(number + "\t" + words.replaceAll("\\s+", " "));
    }
}
