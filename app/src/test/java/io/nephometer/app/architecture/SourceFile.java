// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A parsed source file.
 *
 * @param path relative to the root of the repository, with slashes: {@code model/src/main/java/…}
 * @param text the whole text
 * @param unit its syntax tree, without types
 * @param positions where the nodes of the tree stand in the text
 */
record SourceFile(String path, String text, CompilationUnitTree unit, SourcePositions positions) {

    /** All Java files of the repository that holds the working directory. */
    static List<SourceFile> ofRepository() {
        Path root = root();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> found = Files.walk(sources)) {
                        found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
            Map<String, String> texts = new LinkedHashMap<>();
            for (Path file : files.stream().sorted().toList()) {
                texts.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
            return parse(texts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Parses a text; throws IllegalArgumentException if it is not Java. */
    static SourceFile parse(String path, String text) {
        return parse(Map.of(path, text)).getFirst();
    }

    /** Parses texts by path, in their order; starting the compiler costs more than a file. */
    private static List<SourceFile> parse(Map<String, String> texts) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> problems = new ArrayList<>();
        JavacTask task = (JavacTask) compiler.getTask(
                null,
                null,
                diagnostic -> problems.add(diagnostic.toString()),
                List.of("-proc:none"),
                null,
                texts.entrySet().stream()
                        .map(entry -> new Text(entry.getKey(), entry.getValue()))
                        .toList());
        try {
            List<SourceFile> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                String path = unit.getSourceFile().toUri().getPath().substring(1);
                String text = unit.getSourceFile().getCharContent(true).toString();
                parsed.add(new SourceFile(path, text, unit, Trees.instance(task).getSourcePositions()));
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("does not parse: " + problems);
            }
            return parsed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A source that is not read from disk. */
    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String path, String text) {
            super(URI.create("text:///" + path), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    String module() {
        return path.substring(0, path.indexOf('/'));
    }

    /** Whether this is product code: main code of a module, the tools for tests and measurements left out. */
    boolean isProduct() {
        return path.contains("/src/main/")
                && !List.of("testkit", "benchmarks", "e2e").contains(module());
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    int lines() {
        return (int) text.lines().count();
    }

    int firstLine(Tree tree) {
        return (int) unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    int lastLine(Tree tree) {
        return (int) unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
    }

    /** The folder that holds the repository. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("verify"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "no root of the repository above " + Path.of("").toAbsolutePath());
        }
        return folder;
    }
}
