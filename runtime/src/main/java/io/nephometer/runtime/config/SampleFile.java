// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.List;

/** A configuration file to begin with: every setting with its documentation, those with a default commented out. */
public final class SampleFile {
    private static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();

    private SampleFile() {}

    /**
     * Writes the sample.
     *
     * @param head the first lines, without comment signs
     */
    public static String of(String head, Class<? extends Record> type) {
        SampleFile sample = new SampleFile();
        sample.comment("", head);
        sample.section(type, "", false);
        return sample.text.toString();
    }

    /** @param off whether it is part of an optional record, of which nothing is switched on */
    private void section(Class<? extends Record> type, String indent, boolean off) {
        for (Setting setting : Setting.of(type)) {
            if (text.charAt(text.length() - 2) != ':' && text.charAt(text.length() - 2) != '-') {
                text.append('\n');
            }
            comment(indent, describe(setting));
            switch (setting.type()) {
                case SettingType.Nested(Class<? extends Record> nested) -> {
                    boolean optional = off || setting.nullable();
                    text.append(indent)
                            .append(optional ? "#" : "")
                            .append(setting.key())
                            .append(":\n");
                    section(nested, indent + "  ", optional);
                }
                case SettingType.Many(SettingType element)
                when element instanceof SettingType.Nested(Class<? extends Record> nested) -> {
                    text.append(indent)
                            .append(off ? "#" : "")
                            .append(setting.key())
                            .append(":\n")
                            .append(indent)
                            .append(off ? "  #-\n" : "  -\n");
                    section(nested, indent + "    ", off);
                }
                case SettingType.One _, SettingType.Many _, SettingType.Keyed _ -> line(setting, indent, off);
            }
        }
    }

    private void line(Setting setting, String indent, boolean off) {
        String example = setting.example();
        String otherwise = setting.defaultText() == null ? "null" : setting.defaultText();
        text.append(indent)
                .append(setting.required() && !off ? "" : "#")
                .append(setting.key())
                .append(": ")
                .append(example == null ? otherwise : example)
                .append('\n');
    }

    private static String describe(Setting setting) {
        StringBuilder words = new StringBuilder(setting.doc());
        if (!setting.bounds().isEmpty()) {
            words.append("\nAllowed: ").append(setting.bounds()).append('.');
        }
        if (setting.example() != null && setting.defaultText() != null) {
            words.append("\nDefault: ").append(setting.defaultText()).append('.');
        }
        return words.toString();
    }

    private void comment(String indent, String words) {
        for (String paragraph : List.of(words.split("\n", -1))) {
            StringBuilder line = new StringBuilder();
            for (String word : List.of(paragraph.split(" ", -1))) {
                if (!line.isEmpty() && indent.length() + line.length() + word.length() > WIDTH) {
                    text.append(indent).append("# ").append(line).append('\n');
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            text.append(indent).append("# ").append(line).append('\n');
        }
    }
}
