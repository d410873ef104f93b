using Governance.Audit.Data;

namespace Governance.Audit.Slices;

/// <summary>How weak slices are searched for.</summary>
public sealed record SliceOptions
{
    /// <summary>The columns that conditions may name; empty for all that were not used to measure.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Conditions of a slice at most, 1 to 3.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>Rows of a slice at least, counted over both halves; a half must hold its share of them. At least 4.</summary>
    public int MinRows { get; init; } = 50;

    /// <summary>Slices carried over to the held-out half at most; 1 to 200.</summary>
    public int Carried { get; init; } = 20;

    /// <summary>The share of rows that slices are found on, from 0.1 to 0.9; the others confirm them.</summary>
    public double DiscoveryShare { get; init; } = 0.5;

    /// <summary>Slices that are refined further at each step of the beam search, 1 to 10,000.</summary>
    public int Beam { get; init; } = 150;

    /// <summary>Parts that a column of numbers is cut into at most, 2 to 40.</summary>
    public int Parts { get; init; } = 10;

    /// <summary>Slices that share this much of their rows, by Jaccard's index, are one; above 0, at most 1.</summary>
    public double Overlap { get; init; } = 0.8;

    /// <summary>Whether to refine conditions step by step.</summary>
    public bool BeamSearch { get; init; } = true;

    /// <summary>Whether to grow a tree on the losses.</summary>
    public bool ErrorTree { get; init; } = true;

    /// <summary>A slice is confirmed where its adjusted p value is at most this; above 0, below 1.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The level of intervals, above 0, below 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Seeds the halves.</summary>
    public int Seed { get; init; }

    /// <summary>Threads, at least 1; results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Refuses options outside their ranges, in the words of the command line.</summary>
    /// <exception cref="InputException">One is.</exception>
    internal void Check()
    {
        string? fault = Depth is < 1 or > 3 ? "--depth takes 1, 2 or 3."
            : MinRows < 4 ? "--min-rows takes a whole number of at least 4."
            : Carried is < 1 or > 200 ? "--top takes a whole number from 1 to 200."
            : !(DiscoveryShare is >= 0.1 and <= 0.9) ? "--discovery takes a share from 0.1 to 0.9."
            : Beam is < 1 or > 10_000 ? "--beam takes a whole number from 1 to 10,000."
            : Parts is < 2 or > 40 ? "--parts takes a whole number from 2 to 40."
            : !(Overlap is > 0 and <= 1) ? "--overlap takes a share above 0, at most 1."
            : !(Alpha is > 0 and < 1) ? "--alpha takes a number between 0 and 1."
            : !(Level is > 0 and < 1) ? "--level takes a number between 0 and 1."
            : !BeamSearch && !ErrorTree ? "There is nothing to search with: neither the beam search nor the error tree."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }
}
