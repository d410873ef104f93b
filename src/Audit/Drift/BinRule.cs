using System.Globalization;

namespace Governance.Audit.Drift;

/// <summary>How numbers are put into bins.</summary>
/// <param name="Name">deciles, doane, sturges or bins.</param>
/// <param name="Number">The number of bins, where it is given.</param>
public readonly record struct BinRule(string Name, int Number)
{
    /// <summary>The most bins that can be asked for.</summary>
    public const int Most = 1_000;

    /// <summary>Reads a rule.</summary>
    /// <param name="text">deciles, doane, sturges or a whole number from 2 to <see cref="Most"/>; null for none.</param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static BinRule? Parse(string? text) => text switch
    {
        null => null,
        "deciles" => new BinRule(text, 10),
        "doane" or "sturges" => new BinRule(text, 0),
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 2 and <= Most => new BinRule("bins", number),
        _ => throw new ArgumentException($"'{text}' is no way to bin numbers: deciles, doane, sturges or a number from 2 to {Most}.", nameof(text)),
    };
}
