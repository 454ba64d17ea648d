package dev.reckoner.app.keys;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.VirtualKey;
import java.util.List;

/** Which key the commands about keys speak of. */
final class Asking {

    private Asking() {}

    /**
     * The key that was meant.
     *
     * @param meant its id, its name, or the hint of its secret
     */
    static VirtualKey find(Keys keys, String meant) {
        List<VirtualKey> found = keys.list().stream()
                .filter(key -> key.id().equals(meant)
                        || key.name().equals(meant)
                        || key.secret().hint().equals(meant))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new CommandFailure(
                found.isEmpty()
                        ? "no virtual key is called \"" + meant
                                + "\"; expected an id, a name or a hint of reckoner keys list"
                        : found.size() + " virtual keys are called \"" + meant + "\"; expected the id of one: "
                                + String.join(
                                        ", ", found.stream().map(VirtualKey::id).toList()));
    }
}
