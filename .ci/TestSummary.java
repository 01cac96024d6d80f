// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Adds up the Surefire reports of all modules below a folder: {@code java TestSummary.java FOLDER}. Lists what failed,
 * what passed only when it was run again, and what was skipped, each with its reason; the last line is {@code N passed, N failed, N skipped}. Exit code 1 if a test
 * failed, none ran, or a report cannot be read.
 */
final class TestSummary {
    private int passed;
    private final List<String> failed = new ArrayList<>();
    private final List<String> unsteady = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private TestSummary() {}

    public static void main(String[] args) throws Exception {
        TestSummary summary = new TestSummary();
        for (Path report : reports(Path.of(args[0]))) {
            summary.add(report);
        }
        summary.print();
        System.exit(summary.failed.isEmpty() && summary.passed > 0 ? 0 : 1);
    }

    private static List<Path> reports(Path root) throws IOException {
        List<Path> reports = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.sorted().toList()) {
                Path folder = module.resolve("target/surefire-reports");
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                                .sorted()
                                .forEach(reports::add);
                    }
                }
            }
        }
        return reports;
    }

    private void add(Path report) throws IOException, ParserConfigurationException {
        NodeList cases;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            // A failed comparison may be longer than Java's limit for what comes from strangers.
            factory.setAttribute("jdk.xml.maxGeneralEntitySizeLimit", "0");
            factory.setAttribute("jdk.xml.totalEntitySizeLimit", "0");
            cases = factory.newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
        } catch (SAXException unreadable) {
            failed.add(report + "  (report cannot be read: " + unreadable.getMessage() + ")");
            return;
        }
        for (int i = 0; i < cases.getLength(); i++) {
            addCase((Element) cases.item(i));
        }
    }

    private void addCase(Element test) {
        String name = test.getAttribute("classname") + "." + test.getAttribute("name");
        for (String kind : List.of("error", "failure")) {
            if (test.getElementsByTagName(kind).getLength() > 0) {
                failed.add(name + "  (" + reason(test, kind) + ")");
                return;
            }
        }
        for (String kind : List.of("flakyError", "flakyFailure")) {
            if (test.getElementsByTagName(kind).getLength() > 0) {
                unsteady.add(name + "  (" + reason(test, kind) + ")");
            }
        }
        if (test.getElementsByTagName("skipped").getLength() > 0) {
            skipped.add(name + "  (" + reason(test, "skipped") + ")");
        } else {
            passed++;
        }
    }

    /** The message; else the text without its stack trace, else the type; in one line, not too long. */
    private static String reason(Element test, String kind) {
        Element element = (Element) test.getElementsByTagName(kind).item(0);
        String text = element.getTextContent().replaceAll("(?s)\\R\\s+at .*", "");
        return Stream.of(element.getAttribute("message"), text, element.getAttribute("type"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> part.replaceAll("\\s+", " ").replace("org.opentest4j.TestAbortedException: ", ""))
                .map(part -> part.length() <= 300 ? part : part.substring(0, 300) + " …")
                .findFirst()
                .orElse("no reason given");
    }

    private void print() {
        print("Skipped:", skipped);
        print("Unsteady (failed, and passed when run again):", unsteady);
        print("Failed:", failed);
        if (passed + failed.size() == 0) {
            System.out.println("No test ran.");
        }
        System.out.printf("%d passed, %d failed, %d skipped%n", passed, failed.size(), skipped.size());
    }

    private static void print(String title, List<String> names) {
        if (!names.isEmpty()) {
            System.out.println(title);
            names.forEach(name -> System.out.println("  " + name));
        }
    }
}
