// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent.archive;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** A Java runtime with those modules that the agent needs, for hypervisors without Java. */
final class RuntimeImage {
    /**
     * What the classes that the agent loads refer to, as jdeps says, and what is looked up by name. Left out are java.desktop,
     * java.sql and java.security.sasl: classes that an agent never loads refer to them. Tried in e2e, on the unpacked archive.
     */
    static final List<String> MODULES = List.of(
            "java.base",
            "java.logging", // the AMQP client and Micrometer can log to it
            "java.management", // figures of the JVM
            "java.naming", // names in certificates
            "java.net.http",
            "java.xml", // descriptions of domains, settings of logging
            "jdk.crypto.ec",
            "jdk.httpserver",
            "jdk.management", // processor time, open files
            "jdk.unsupported");

    private RuntimeImage() {}

    /** Writes it into a folder that does not exist yet. */
    static void link(Path folder) {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException("this Java has no jlink; build with a JDK"));
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int code = jlink.run(
                out,
                out,
                "--add-modules",
                String.join(",", MODULES),
                "--output",
                folder.toString(),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6");
        if (code != 0) {
            throw new IllegalStateException("jlink failed with code " + code + ": " + said);
        }
    }
}
