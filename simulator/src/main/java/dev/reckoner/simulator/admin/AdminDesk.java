package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Problem;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the key of an Admin API request and finds the report that answers it. Thread-safe. */
public final class AdminDesk {
    /** The beginning of every path that it answers. */
    public static final String PREFIX = "/v1/organizations/";

    private static final Pattern WORKSPACE_LIMITS =
            Pattern.compile("GET " + PREFIX + "workspaces/([A-Za-z0-9_]+)/rate_limits");
    private static final String KEY_PREFIX = "sk-ant-admin01-";

    private final @Nullable String key;
    private final Map<String, Function<Query, byte[]>> reports;
    private final Listings listings;
    private volatile Access access = Access.GRANTED;
    private volatile boolean analytics = true;

    AdminDesk(Organization organization, ClaudeCodeReport claudeCode, @Nullable String key) {
        this.key = key;
        Analytics rows = new Analytics(organization);
        listings = new Listings(organization);
        reports = Map.of(
                UsageReport.PATH,
                new UsageReport(organization)::answer,
                CostReport.PATH,
                new CostReport(organization)::answer,
                ClaudeCodeReport.PATH,
                claudeCode::answer,
                Analytics.USAGE_PATH,
                query -> rows.usage(offered(query)),
                Analytics.COST_PATH,
                query -> rows.cost(offered(query)),
                PREFIX + "api_keys",
                listings::apiKeys,
                PREFIX + "workspaces",
                listings::workspaces,
                PREFIX + "users",
                listings::users,
                PREFIX + "me",
                listings::me,
                PREFIX + "rate_limits",
                listings::rateLimits);
    }

    /**
     * The JSON of the report asked for.
     *
     * @param credential null for none
     * @param query what follows the question mark
     * @throws Problem what the vendor would answer instead
     */
    public byte[] answer(
            String call, String query, @Nullable String credential, @Nullable String version, Set<String> betas) {
        authenticate(credential);
        if (version == null) {
            throw Problem.invalid("anthropic-version: header is required");
        }
        Query asked = new Query(query, version, betas);
        Function<Query, byte[]> report = call.startsWith("GET ") ? reports.get(call.substring(4)) : null;
        if (report != null) {
            return report.apply(asked);
        }
        Matcher ofWorkspace = WORKSPACE_LIMITS.matcher(call);
        if (ofWorkspace.matches()) {
            return listings.rateLimits(asked, ofWorkspace.group(1));
        }
        throw Problem.notFound("Not found");
    }

    void access(Access value) {
        access = value;
    }

    void analytics(boolean value) {
        analytics = value;
    }

    /** The words of the vendor for a key taken back are not established; status and type are those of api-facts §2.4. */
    private void authenticate(@Nullable String credential) {
        if (credential == null) {
            throw new Problem(401, "authentication_error", "x-api-key header is required");
        }
        boolean known = key == null ? credential.startsWith(KEY_PREFIX) : key.equals(credential);
        if (!known) {
            throw new Problem(401, "authentication_error", "invalid x-api-key");
        }
        if (access == Access.REVOKED) {
            throw new Problem(401, "authentication_error", "This API key has been revoked.");
        }
        if (access == Access.INDIVIDUAL_ACCOUNT) {
            throw new Problem(403, "permission_error", "The Admin API is unavailable for individual accounts.");
        }
    }

    private Query offered(Query query) {
        if (!analytics) {
            throw new Problem(403, "permission_error", "The key may not read analytics.");
        }
        return query;
    }
}
