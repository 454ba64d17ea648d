package dev.reckoner.config;

import dev.reckoner.config.Setting.Arity;
import java.util.ArrayList;
import java.util.List;

/** A row of the table of settings that is being written. */
final class SettingRow<T> {
    private final List<Setting<?>> table;
    private final String key;
    private final Kind<T> kind;
    private final Arity arity;
    private final String standard;
    private final List<String> what = new ArrayList<>();
    private final List<String> change = new ArrayList<>();

    SettingRow(List<Setting<?>> table, String key, Kind<T> kind, Arity arity, String standard) {
        this.table = table;
        this.key = key;
        this.kind = kind;
        this.arity = arity;
        this.standard = standard;
    }

    SettingRow<T> what(String line) {
        what.add(line);
        return this;
    }

    SettingRow<T> change(String line) {
        change.add(line);
        return this;
    }

    /** Adds it to the table. */
    Setting<T> add() {
        Setting<T> setting = new Setting<>(
                key, kind, arity, standard, String.join("\n", what), "Change it when " + String.join("\n", change));
        table.add(setting);
        return setting;
    }
}
