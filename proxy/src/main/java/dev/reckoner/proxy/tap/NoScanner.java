package dev.reckoner.proxy.tap;

/** Stands where a body can't be read: it knows nothing but perhaps why. */
final class NoScanner implements Scanner {

    private final MessageFacts facts = new MessageFacts(0);

    @Override
    public void bytes(byte[] bytes, int offset, int length) {}

    @Override
    public void end() {}

    @Override
    public MessageFacts facts() {
        return facts;
    }
}
