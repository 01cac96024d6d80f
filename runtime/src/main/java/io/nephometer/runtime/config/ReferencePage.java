// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.ArrayList;
import java.util.List;

/** The reference of all settings as a page of Markdown, one table per section. */
public final class ReferencePage {
    private final StringBuilder text = new StringBuilder();

    private ReferencePage() {}

    /**
     * Writes the page.
     *
     * @param head its beginning, in Markdown
     */
    public static String of(String head, Class<? extends Record> type) {
        ReferencePage page = new ReferencePage();
        page.text.append(head.strip()).append('\n');
        page.section(type, "", "");
        return page.text.toString();
    }

    private void section(Class<? extends Record> type, String path, String doc) {
        List<Runnable> further = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        for (Setting setting : Setting.of(type)) {
            String key = path.isEmpty() ? setting.key() : path + "." + setting.key();
            switch (setting.type()) {
                case SettingType.Nested(Class<? extends Record> nested) ->
                    further.add(() -> section(nested, key, setting.doc() + (setting.nullable() ? " Optional." : "")));
                case SettingType.Many(SettingType element)
                when element instanceof SettingType.Nested(Class<? extends Record> nested) ->
                    further.add(() -> section(nested, key + "[]", setting.doc() + " A list; each item has:"));
                case SettingType.One _, SettingType.Many _, SettingType.Keyed _ -> rows.append(row(setting));
            }
        }
        text.append("\n## ")
                .append(path.isEmpty() ? "Top level" : "`" + path + "`")
                .append('\n');
        if (!doc.isEmpty()) {
            text.append('\n').append(doc).append('\n');
        }
        if (!rows.isEmpty()) {
            text.append("\n| Key | Type | Default | Meaning |\n|---|---|---|---|\n")
                    .append(rows);
        }
        further.forEach(Runnable::run);
    }

    private static String row(Setting setting) {
        String fallback = setting.defaultText();
        String none = setting.nullable() ? "not set" : "**required**";
        String bounds = setting.bounds().isEmpty() ? "" : " Allowed: " + setting.bounds() + ".";
        return "| `" + setting.key() + "` | " + setting.type().describe() + " | "
                + (fallback == null ? none : "`" + fallback + "`") + " | "
                + setting.doc().replace("|", "\\|") + bounds
                + " |\n";
    }
}
