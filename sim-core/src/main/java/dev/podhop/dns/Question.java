package dev.podhop.dns;

/**
 * What is asked.
 *
 * @param name absolute, lower case, without the trailing dot
 */
public record Question(String name, RecordType type) {

    @Override
    public String toString() {
        return name + ". " + type;
    }
}
