import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDF files with the engine of veraPDF: {@code VeraPdf FLAVOUR FILE...}.
 *
 * <p>Prints lines of fields parted by tabs, the first the number of the file on the command line:
 * {@code 0 fail RULE TIMES MESSAGE CONTEXT} for each rule broken, and {@code 0 done COMPLIANT} when
 * the file has been judged. A file that cannot be read has {@code 0 error MESSAGE} instead.
 */
public final class VeraPdf {
    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private VeraPdf() {}

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        // fromString guesses; an unknown id must not be judged by some other rules.
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
        if (flavour == null || flavour == PDFAFlavour.NO_FLAVOUR) {
            System.err.println("unknown flavour " + arguments[0]);
            System.exit(2);
        }
        for (int file = 1; file < arguments.length; file++) {
            judge(file - 1, Path.of(arguments[file]), flavour);
        }
        OUT.flush();
    }

    private static void judge(int number, Path path, PDFAFlavour flavour) {
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        try (var bytes = Files.newInputStream(path);
                PDFAParser parser = foundry.createParser(bytes, flavour);
                PDFAValidator validator = foundry.createValidator(flavour, false)) {
            report(number, validator.validate(parser));
        } catch (Exception | LinkageError error) {
            line(number, "error", error);
        }
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
        first.forEach((rule, assertion) -> line(
                number, "fail", rule, times.get(rule),
                assertion.getMessage(), assertion.getLocation().getContext()));
        line(number, "done", result.isCompliant());
    }

    private static void line(int number, Object... fields) {
        OUT.print(number);
        for (Object field : fields) {
            OUT.print('\t');
            OUT.print(String.valueOf(field).replaceAll("\\s+", " "));
        }
        OUT.print('\n');
    }
}
