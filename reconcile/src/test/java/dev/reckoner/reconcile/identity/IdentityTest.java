package dev.reckoner.reconcile.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reckoner.reconcile.vendor.ApiKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys by their hints, workspaces by their ids. */
final class IdentityTest {

    private static final String HINT = "sk-ant-api03-R2D...igAA";
    private static final String SHARED = "sk-ant-api03-abc...wxyz";

    private final Identity identity = new Identity(
            List.of(
                    new ApiKey("apikey_1", "one", HINT, null),
                    new ApiKey("apikey_2", "two", SHARED, null),
                    new ApiKey("apikey_3", "three", SHARED, "wrkspc_1"),
                    new ApiKey("apikey_4", "without a hint", null, null)),
            Set.of("wrkspc_1"));

    @Test
    void hint_ofOneKey_isThatKey() {
        assertEquals("apikey_1", identity.ofLedgerKey(HINT));
        assertEquals("apikey_1", identity.ofVendorKey("apikey_1"));
    }

    @Test
    void hint_ofSeveralKeys_isOneNameOnBothSides() {
        assertEquals(SHARED, identity.ofLedgerKey(SHARED));
        assertEquals(SHARED, identity.ofVendorKey("apikey_2"));
        assertEquals(SHARED, identity.ofVendorKey("apikey_3"));
        assertEquals(Map.of(SHARED, List.of("apikey_2", "apikey_3")), identity.collisions());
    }

    @Test
    void keys_thatOneSideOnlyKnows_keepTheirNames() {
        assertEquals("sk-ant-api03-zzz...0000", identity.ofLedgerKey("sk-ant-api03-zzz...0000"));
        assertEquals("apikey_4", identity.ofVendorKey("apikey_4"));
        assertEquals("apikey_9", identity.ofVendorKey("apikey_9"));
    }

    @Test
    void noKey_isNone() {
        assertNull(identity.ofLedgerKey(""));
        assertNull(identity.ofVendorKey(null));
    }

    @Test
    void withoutAList_keysAreNotToldApart() {
        Identity unlisted = new Identity(List.of(), Set.of());
        assertEquals(Identity.ALL_KEYS, unlisted.ofLedgerKey(HINT));
        assertEquals(Identity.ALL_KEYS, unlisted.ofVendorKey("apikey_1"));
        assertNull(unlisted.ofVendorKey(null));
    }

    @Test
    void workspace_thatIsNotListed_isTheDefaultOne() {
        assertEquals("wrkspc_1", identity.ofLedgerWorkspace("wrkspc_1"));
        assertNull(identity.ofLedgerWorkspace("wrkspc_default_real_id"));
        assertNull(identity.ofLedgerWorkspace(""));
    }
}
