using System.Runtime.CompilerServices;

namespace Governance.Registry.Access;

/// <summary>A set of values of an enumeration as a value: compared, stored and hashed by what it holds.</summary>
/// <typeparam name="TEnum">An enumeration over <see cref="int"/> whose values are 0 to 31.</typeparam>
/// <param name="Bits">Bit n stands for the value n.</param>
public readonly record struct EnumSet<TEnum>(uint Bits)
    where TEnum : struct, Enum
{
    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>What is in it, in the order of the enumeration.</summary>
    public IEnumerable<TEnum> Values
    {
        get
        {
            EnumSet<TEnum> self = this;
            return Enum.GetValues<TEnum>().Where(self.Contains);
        }
    }

    /// <summary>Whether a value is in it.</summary>
    public bool Contains(TEnum value) => (Bits & Bit(value)) != 0;

    /// <summary>The set with one value more.</summary>
    public EnumSet<TEnum> With(TEnum value) => new(Bits | Bit(value));

    /// <summary>Names separated by commas, in the order of the enumeration; empty for the empty set.</summary>
    public override string ToString() => string.Join(',', Values);

    internal static uint Bit(TEnum value) => 1u << Unsafe.BitCast<TEnum, int>(value);
}

/// <summary>Makes sets of values of an enumeration.</summary>
public static class EnumSet
{
    /// <summary>The set of these values.</summary>
    public static EnumSet<TEnum> Of<TEnum>(params IEnumerable<TEnum> values)
        where TEnum : struct, Enum => new(values.Aggregate(0u, (bits, value) => bits | EnumSet<TEnum>.Bit(value)));

    /// <summary>Reads what a set's text says.</summary>
    /// <param name="text">Names separated by commas, in any case of letters; blank for the empty set.</param>
    /// <exception cref="FormatException">A name is not one of the enumeration's; the message lists them.</exception>
    public static EnumSet<TEnum> Parse<TEnum>(string text)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word =>
            Enum.GetNames<TEnum>().FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is string known
                ? Enum.Parse<TEnum>(known)
                : throw new FormatException($"'{word}' is none of {string.Join(", ", Enum.GetNames<TEnum>())}.")));
    }
}
