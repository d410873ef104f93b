using System.Text;
using System.Text.RegularExpressions;

namespace Governance.Audit.Data.Schemas;

/// <summary>What the values of a column look like.</summary>
public enum ColumnShape
{
    /// <summary>Nothing in particular.</summary>
    Plain,

    /// <summary>Two values such as yes and no, true and false, or 0 and 1.</summary>
    Truth,

    /// <summary>Dates or times.</summary>
    Date,

    /// <summary>Numbers with leading zeros, or too long to be numbers: codes.</summary>
    Code,

    /// <summary>A different value in every row: a key.</summary>
    Key,
}

/// <summary>Tells what texts look like.</summary>
internal static partial class ColumnShapes
{
    /// <summary>Fewer rows than this say nothing about keys.</summary>
    public const int FewestOfKeys = 20;

    private const int MostLooked = 1_000;

    private static readonly HashSet<string>[] Truths =
    [
        .. ((string[])["yes no", "true false", "t f", "y n", "on off", "1 0"]).Select(pair =>
            new HashSet<string>(pair.Split(' '), StringComparer.OrdinalIgnoreCase)),
    ];

    /// <summary>The shape of a column of text.</summary>
    /// <param name="levels">Its distinct texts.</param>
    /// <param name="known">Its cells that are not missing.</param>
    /// <param name="isOther">For each text, whether it is no plain number.</param>
    public static ColumnShape Of(IReadOnlyList<string> levels, int known, bool[] isOther)
    {
        IEnumerable<string> some = levels.Where(level => !TableWarnings.IsMarker(level)).Take(MostLooked);
        return levels.Count == 2 && Truths.Any(pair => levels.All(pair.Contains)) ? ColumnShape.Truth
            : levels.Count == 0 || !some.Any() ? ColumnShape.Plain
            : some.All(Date().IsMatch) ? ColumnShape.Date
            : levels.Count == known && known >= FewestOfKeys && some.All(level => !level.Contains(' ')) ? ColumnShape.Key
            : !isOther.Contains(true) && levels.Any(IsCode) ? ColumnShape.Code
            : ColumnShape.Plain;
    }

    private static bool IsCode(string number) => !PlainDecimal.TryParseFaithful(Encoding.UTF8.GetBytes(number), out _);

    // 2026-03-01, 2026/03/01 12:30:00.5Z, 01.03.2026, 3/1/2026 1:30 PM
    [GeneratedRegex(@"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Date();
}
