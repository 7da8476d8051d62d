package io.leasehold.cli.verify;

import io.leasehold.verify.From;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --from} in its own words. */
final class Place implements ITypeConverter<From> {
    @Override
    public From convert(String word) {
        return switch (word) {
            case "newest-base" -> From.NEWEST_BASE;
            case "beginning" -> From.BEGINNING;
            default -> throw new TypeConversionException(word + " (expected: newest-base or beginning)");
        };
    }
}
