package dev.reckoner.proxy.tap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a JSON document are wanted: a tree of object keys whose leaves are the wanted values. Not changed
 * after it was built, and safe on any thread.
 */
final class JsonShape {

    /** How a wanted value is taken. */
    enum Take {
        /** Its raw bytes where they are few: identifiers and flags. */
        TEXT,
        /** Its raw bytes up to the event limit. */
        RAW,
        /** Of an array only whether it has elements. */
        EMPTINESS
    }

    private final Node root = new Node("");
    private final Take[] takes;
    private int depth;

    /** A shape without wanted values yet; {@link #want} gives them their numbers, 0 first. */
    JsonShape(int wanted) {
        takes = new Take[wanted];
        Arrays.fill(takes, Take.TEXT);
    }

    /** Wants the value behind these keys, under this number. */
    JsonShape want(int number, Take take, String... keys) {
        takes[number] = take;
        depth = Math.max(depth, keys.length);
        Node node = root;
        node.wanted.add(number);
        for (String key : keys) {
            node = node.childOrNew(key);
            node.wanted.add(number);
        }
        node.leaf = number;
        return this;
    }

    Node root() {
        return root;
    }

    Take take(int number) {
        return takes[number];
    }

    /** How many values are wanted. */
    int wanted() {
        return takes.length;
    }

    /** How many objects deep the deepest wanted value lies. */
    int depth() {
        return depth;
    }

    /** A key on the way to a wanted value; the root has the empty name. */
    static final class Node {
        private final byte[] name;
        private final List<Node> children = new ArrayList<>();
        private final List<Integer> wanted = new ArrayList<>();
        private int leaf = -1;

        private Node(String name) {
            this.name = name.getBytes(StandardCharsets.US_ASCII);
        }

        /** The number of the wanted value that this node is, or -1 where it only leads to some. */
        int leaf() {
            return leaf;
        }

        /** The numbers of the wanted values at or below this node. */
        List<Integer> wanted() {
            return wanted;
        }

        /** The child with this name. */
        @Nullable
        Node child(byte[] key, int length) {
            for (Node child : children) {
                if (Arrays.equals(child.name, 0, child.name.length, key, 0, length)) {
                    return child;
                }
            }
            return null;
        }

        private Node childOrNew(String key) {
            byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
            Node known = child(bytes, bytes.length);
            if (known != null) {
                return known;
            }
            Node made = new Node(key);
            children.add(made);
            return made;
        }
    }
}
