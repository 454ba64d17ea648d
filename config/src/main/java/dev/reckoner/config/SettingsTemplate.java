package dev.reckoner.config;

/** The settings file that {@code reckoner config init} writes: every setting, explained and commented out. */
public final class SettingsTemplate {

    private SettingsTemplate() {}

    /** YAML that says nothing as it stands; taking a "# " off a line says that line's setting. */
    public static String yaml() {
        StringBuilder yaml = new StringBuilder("""
                # Settings of Reckoner. Every one is optional: what is not said has the default that is shown.
                # To say one, take the "# " before its key off and mind the indentation.
                #
                # The command line goes before the environment, the environment before this file.
                # Values may hold ${VARIABLE}, ${VARIABLE:-default} and ${file:/path/of/a/secret}.
                # Sizes: 65536, 64KiB, 1MiB, 1GiB.  Durations: 250ms, 5s, 10m, 1h, 1d.
                # A relative path starts at this file's directory, ~ is the home directory.
                # `reckoner config check` lists every problem, `reckoner config show` what holds and why.
                """);
        String section = "";
        for (Setting<?> setting : new SettingTable().all()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                yaml.append('\n').append(section).append(":\n");
            }
            append(yaml, setting);
        }
        return yaml.toString();
    }

    private static void append(StringBuilder yaml, Setting<?> setting) {
        String indent = setting.section().isEmpty() ? "" : "  ";
        yaml.append('\n');
        comment(yaml, indent, setting.what());
        comment(yaml, indent, "Default: " + (setting.standard().isEmpty() ? "none" : setting.standard()));
        comment(yaml, indent, "It has to be " + setting.kind().expected() + ".");
        comment(yaml, indent, setting.change());
        comment(yaml, indent, "Environment: " + setting.variable());
        comment(yaml, indent, setting.name() + ": " + example(setting));
    }

    private static String example(Setting<?> setting) {
        return switch (setting.arity()) {
            case ONE -> setting.standard();
            case OPTIONAL -> "''";
            case MANY -> "[]";
        };
    }

    private static void comment(StringBuilder yaml, String indent, String lines) {
        lines.lines()
                .forEach(line -> yaml.append(indent).append("# ").append(line).append('\n'));
    }
}
