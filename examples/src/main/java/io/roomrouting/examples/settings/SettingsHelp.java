package io.roomrouting.examples.settings;

import java.util.List;

/** Writes what {@code --help} tells of settings. */
public final class SettingsHelp {

    private SettingsHelp() {}

    /**
     * Describes settings.
     *
     * @param settings in the order in which they are shown
     * @return lines of text, each ended
     */
    public static String of(List<Setting<?>> settings) {
        StringBuilder text = new StringBuilder();
        for (Setting<?> setting : settings) {
            text.append("\n  ").append(setting.name()).append('\n');
            setting.help().forEach(line -> text.append("      ").append(line).append('\n'));
        }
        return text.toString();
    }
}
