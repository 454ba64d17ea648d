package dev.reckoner.app.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.app.export.parquet.ColumnType;
import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a FOCUS 1.3 Cost and Usage dataset (focus.finops.org): the mandatory ones, those that apply, and ours,
 * which begin with {@code x_}. Amounts are the ledger's to the last digit.
 */
final class Focus {
    static final String VERSION = "1.3";

    private static final String VENDOR = "Anthropic";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TOKENS_PLACES = 6;
    private static final int SEARCHES_PLACES = 3;

    private Focus() {}

    static List<Field<Charged>> fields() {
        List<Field<Charged>> fields = new ArrayList<>(charge());
        fields.addAll(price());
        fields.addAll(service());
        return fields;
    }

    private static List<Field<Charged>> charge() {
        return List.of(
                amount("BilledCost", row -> cost(row.amount())),
                text("BillingAccountId", Focus::account),
                text("BillingAccountName", Focus::account),
                text("BillingAccountType", row -> "Organization"),
                text("BillingCurrency", row -> "USD"),
                instant("BillingPeriodEnd", row -> start(month(row.from()).plusMonths(1))),
                instant("BillingPeriodStart", row -> start(month(row.from()))),
                text("ChargeCategory", row -> "Usage"),
                text("ChargeClass", row -> row.correction() ? "Correction" : null),
                text("ChargeDescription", Focus::description),
                text("ChargeFrequency", row -> "Usage-Based"),
                instant("ChargePeriodEnd", Charged::until),
                instant("ChargePeriodStart", Charged::from));
    }

    private static List<Field<Charged>> price() {
        return List.of(
                amount("ConsumedQuantity", Focus::pricedQuantity),
                text("ConsumedUnit", row -> priced(row) ? unit(row) : null),
                amount("ContractedCost", row -> cost(row.amount())),
                amount("ContractedUnitPrice", row -> unitPrice(row, row.factor())),
                amount("EffectiveCost", row -> cost(row.amount())),
                amount("ListCost", Focus::listCost),
                amount("ListUnitPrice", row -> unitPrice(row, listFactor(row))),
                text("PricingCategory", row -> priced(row) ? "Standard" : null),
                amount("PricingQuantity", Focus::pricedQuantity),
                text("PricingUnit", row -> priced(row) ? unit(row) : null));
    }

    private static List<Field<Charged>> service() {
        return List.of(
                text("HostProviderName", row -> VENDOR),
                text("InvoiceIssuerName", row -> VENDOR),
                text("ProviderName", row -> VENDOR),
                text("PublisherName", row -> VENDOR),
                text("RegionId", row -> region(row.value(Dimension.INFERENCE_GEO))),
                text("ResourceId", row -> row.value(Dimension.KEY)),
                text("ResourceType", row -> row.value(Dimension.KEY).isEmpty() ? null : "API key"),
                text("ServiceCategory", row -> "AI and Machine Learning"),
                text("ServiceName", row -> "Claude API"),
                text("ServiceProviderName", row -> VENDOR),
                text("ServiceSubcategory", row -> "Generative AI"),
                text("SkuId", row -> row.value(Dimension.MODEL) + "/" + Facts.word(row.type())),
                text("SkuMeter", row -> Facts.word(row.type()).replace('_', ' ')),
                text("SkuPriceDetails", Focus::details),
                text("SkuPriceId", Charged::rateVersion),
                text("SubAccountId", row -> row.value(Dimension.WORKSPACE)),
                text("SubAccountName", row -> row.value(Dimension.WORKSPACE)),
                text("SubAccountType", row -> row.value(Dimension.WORKSPACE).isEmpty() ? null : "Workspace"),
                text("Tags", Focus::tags),
                text("x_LineId", Charged::id),
                text("x_Model", row -> row.value(Dimension.MODEL)),
                text("x_RatingStatus", row -> row.amount() == null ? "pending" : "rated"),
                text("x_ServiceTier", row -> row.value(Dimension.SERVICE_TIER)),
                text("x_Speed", row -> row.value(Dimension.SPEED)),
                text("x_TokenType", row -> Facts.word(row.type())));
    }

    /** The dataset's metadata, which goes beside it: what it is, by which version, and its columns. */
    static String metadata(Instant now, String generator) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("DataGenerator", generator);
            json.writeStringField("DatasetType", "CostAndUsage");
            json.writeObjectFieldStart("Schema");
            json.writeStringField("SchemaId", "reckoner-focus-" + VERSION);
            json.writeStringField("FocusVersion", VERSION);
            json.writeStringField("CreationDate", now.toString());
            json.writeArrayFieldStart("ColumnDefinition");
            for (Field<Charged> field : fields()) {
                json.writeStartObject();
                json.writeStringField("ColumnName", field.name());
                json.writeStringField("DataType", dataType(field));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out + "\n";
    }

    private static String dataType(Field<Charged> field) {
        return switch (field.type()) {
            case AMOUNT -> "DECIMAL";
            case INSTANT -> "DATETIME";
            case COUNT -> "INTEGER";
            case FLAG -> "BOOLEAN";
            case TEXT -> field.name().equals("Tags") || field.name().equals("SkuPriceDetails") ? "JSON" : "STRING";
        };
    }

    private static Field<Charged> text(String name, Field.Value<Charged> value) {
        return new Field<>(name, ColumnType.TEXT, row -> {
            Object text = value.of(row);
            return text == null || text.toString().isEmpty() ? null : text;
        });
    }

    private static Field<Charged> amount(String name, Field.Value<Charged> value) {
        return new Field<>(name, ColumnType.AMOUNT, value);
    }

    private static Field<Charged> instant(String name, Field.Value<Charged> value) {
        return new Field<>(name, ColumnType.INSTANT, value);
    }

    private static String account(Charged row) {
        String organization = row.organization();
        return organization == null || organization.isEmpty() ? "unknown" : organization;
    }

    private static LocalDate month(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).withDayOfMonth(1);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static @Nullable BigDecimal pricedQuantity(Charged row) {
        return priced(row) ? BigDecimal.valueOf(row.quantity()) : null;
    }

    private static boolean priced(Charged row) {
        return row.amount() != null;
    }

    /** FOCUS wants a number: what has no rate yet costs nothing so far, and says so in x_RatingStatus. */
    private static BigDecimal cost(@Nullable BigDecimal amount) {
        return Facts.orZero(amount);
    }

    private static String unit(Charged row) {
        return row.type() == TokenType.WEB_SEARCH ? "Requests" : "Tokens";
    }

    private static @Nullable BigDecimal unitPrice(Charged row, @Nullable BigDecimal factor) {
        BigDecimal rate = row.rate();
        if (rate == null || factor == null) {
            return null;
        }
        return rate.multiply(factor)
                .movePointLeft(row.type() == TokenType.WEB_SEARCH ? SEARCHES_PLACES : TOKENS_PLACES);
    }

    /** The factor without what the operator's discount or a waiver took off: 1 where there is one. */
    private static @Nullable BigDecimal listFactor(Charged row) {
        BigDecimal factor = row.factor();
        String version = row.rateVersion();
        boolean waived = factor != null && factor.signum() == 0;
        boolean reduced = waived || (version != null && version.contains(RateTable.VERSIONS_JOINED_BY));
        return reduced ? BigDecimal.ONE : factor;
    }

    private static BigDecimal listCost(Charged row) {
        BigDecimal price = unitPrice(row, listFactor(row));
        return price == null ? cost(row.amount()) : price.multiply(BigDecimal.valueOf(row.quantity()));
    }

    private static String description(Charged row) {
        String tier = row.value(Dimension.SERVICE_TIER);
        return row.value(Dimension.MODEL) + " " + Facts.word(row.type()).replace('_', ' ')
                + (row.type() == TokenType.WEB_SEARCH ? "" : " tokens") + (tier.isEmpty() ? "" : ", " + tier + " tier");
    }

    private static @Nullable String region(String geo) {
        return geo.equals("not_available") ? null : geo;
    }

    private static String details(Charged row) {
        return object(json -> {
            field(json, "x_ServiceTier", row.value(Dimension.SERVICE_TIER));
            field(json, "x_Speed", row.value(Dimension.SPEED));
            field(json, "x_ContextWindow", row.value(Dimension.CONTEXT_WINDOW));
        });
    }

    private static String tags(Charged row) {
        return object(json -> {
            field(json, "user", row.value(Dimension.USER));
            field(json, "team", row.value(Dimension.TEAM));
            field(json, "project", row.value(Dimension.PROJECT));
            field(json, "session", row.value(Dimension.SESSION));
            for (String tag : row.tags()) {
                int equals = tag.indexOf('=');
                boolean named = equals > 0;
                field(
                        json,
                        "tag/" + (named ? tag.substring(0, equals) : tag),
                        named ? tag.substring(equals + 1) : "true");
            }
        });
    }

    private static void field(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String object(Fields fields) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
