package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.KeyRef;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns of an attribution, in the order of {@link #NAMES}, both ways. */
final class AttributionColumns {
    static final String NAMES =
            "user_name, user_source, team, team_source, project, project_source, session_id, session_source,"
                    + " tags, key_hash, key_hint, key_kind, virtual_key";

    private AttributionColumns() {}

    static void write(RowWriter out, Attribution attribution) throws SQLException {
        part(out, attribution.user());
        part(out, attribution.team());
        part(out, attribution.project());
        part(out, attribution.session());
        out.text(JsonColumns.ofTexts(attribution.tags()))
                .text(attribution.key().hash())
                .text(attribution.key().hint())
                .word(attribution.key().kind())
                .text(attribution.virtualKey());
    }

    static Attribution read(RowReader in) throws SQLException {
        return new Attribution(
                part(in), part(in), part(in), part(in), JsonColumns.texts(in.text()), key(in), in.text());
    }

    private static void part(RowWriter out, @Nullable Part part) throws SQLException {
        out.text(part == null ? null : part.value()).word(part == null ? null : part.source());
    }

    private static @Nullable Part part(RowReader in) throws SQLException {
        String value = in.text();
        String source = in.text();
        return value == null || source == null ? null : new Part(value, Source.valueOf(source));
    }

    private static KeyRef key(RowReader in) throws SQLException {
        return new KeyRef(in.textOrEmpty(), in.textOrEmpty(), in.word(KeyRef.Kind.class));
    }
}
