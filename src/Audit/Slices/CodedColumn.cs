using System.Numerics;
using Governance.Audit.Cohorts;

namespace Governance.Audit.Slices;

/// <summary>A column cut into at most 62 parts: ranges of numbers, single numbers, or levels; rare levels together; missing cells.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Codes">Shape [rows]: the part of each cell.</param>
/// <param name="Parts">How many parts can be named: 0 … Parts - 1, in order where the column has one.</param>
/// <param name="Kind">What a part is.</param>
/// <param name="Names">Shape [parts]: of a level its text, of a single number the number, of a range its upper limit (the last has none).</param>
/// <param name="Slots">Numbers of codes: the parts, then "other", then "missing".</param>
internal sealed record CodedColumn(string Name, byte[] Codes, int Parts, CodedKind Kind, IReadOnlyList<string> Names, int Slots)
{
    /// <summary>The most slots.</summary>
    public const int MostSlots = 62;

    /// <summary>The code of levels too rare to be named.</summary>
    public int Other => Parts;

    /// <summary>The code of missing cells.</summary>
    public int Missing => Parts + 1;

    /// <summary>Whether parts stand in an order.</summary>
    public bool IsOrdered => Kind != CodedKind.Levels;

    /// <summary>A set of codes in the language of cohorts.</summary>
    /// <param name="bits">Bit c is set where code c belongs to the set; not all of them.</param>
    public string Text(ulong bits)
    {
        string column = CohortText.Column(Name);
        bool missing = (bits >> Missing & 1) == 1;
        ulong named = bits & ((1UL << Parts) - 1);
        bool other = (bits >> Other & 1) == 1;
        string? present = named == 0 && !other ? null : IsOrdered ? Ranges(column, named) : Levels(column, named, other);
        return present is null ? $"{column} is missing" : missing ? $"({present} or {column} is missing)" : present;
    }

    private string Levels(string column, ulong named, bool other)
    {
        // Rare levels have no names here, so a set that holds them is told by what it lacks.
        string[] listed = [.. Enumerable.Range(0, Parts).Where(part => ((named >> part & 1) == 1) != other).Select(part => CohortText.Text(Names[part]))];
        return listed.Length switch
        {
            0 => $"{column} is not missing",
            1 => $"{column} {(other ? "!=" : "=")} {listed[0]}",
            _ => $"{column} {(other ? "not in" : "in")} ({string.Join(", ", listed)})",
        };
    }

    private string Ranges(string column, ulong named)
    {
        List<string> ranges = [];
        for (int from = 0; from < Parts;)
        {
            if ((named >> from & 1) == 0)
            {
                from++;
                continue;
            }

            int length = BitOperations.TrailingZeroCount(~(named >> from));
            ranges.Add(Range(column, from, from + length - 1));
            from += length;
        }

        return ranges.Count == 1 ? ranges[0] : $"({string.Join(" or ", ranges)})";
    }

    private string Range(string column, int from, int to)
    {
        if (from == 0 && to == Parts - 1)
        {
            return $"{column} is not missing";
        }

        if (Kind == CodedKind.Numbers)
        {
            return from == to ? $"{column} = {Names[from]}"
                : from == 0 ? $"{column} <= {Names[to]}"
                : to == Parts - 1 ? $"{column} >= {Names[from]}"
                : $"{column} between {Names[from]} and {Names[to]}";
        }

        string above = from == 0 ? "" : $"{column} > {Names[from - 1]}";
        string below = to == Parts - 1 ? "" : $"{column} <= {Names[to]}";
        return above.Length > 0 && below.Length > 0 ? $"{above} and {below}" : above + below;
    }
}

/// <summary>What the parts of a column are.</summary>
internal enum CodedKind
{
    /// <summary>Texts.</summary>
    Levels,

    /// <summary>Numbers of which there are few.</summary>
    Numbers,

    /// <summary>Ranges between quantiles.</summary>
    Ranges,
}
