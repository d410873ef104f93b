namespace Governance.Portal.Features.Cohorts;

/// <summary>The part of the evaluation data that a page shows, as one person may see it.</summary>
public sealed record CohortView
{
    /// <summary>The condition; null for all rows.</summary>
    public string? Where { get; init; }

    /// <summary>What it is called: the name under which it is saved, else its condition.</summary>
    public string Name { get; init; } = "All rows";

    /// <summary>Row numbers of the evaluation data from 0, ascending; none while there is a refusal or it is being scored.</summary>
    public int[] Rows { get; init; } = [];

    /// <summary>How many rows the evaluation data have.</summary>
    public int All { get; init; }

    /// <summary>Why nothing is shown, in a sentence; null where something is.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the rows are still being scored: show nothing yet, the bar says so.</summary>
    public bool Pending { get; init; }

    /// <summary>The scored rows; null for all rows, for which the sealed figures stand, and without a result.</summary>
    public ScoredRows? Scored { get; init; }

    /// <summary>Whether no condition was asked for.</summary>
    public bool IsWhole => Where is null;

    /// <summary>Whether there are rows to show.</summary>
    public bool Ready => Refusal is null && !Pending;

    /// <summary>Of all rows, in [0, 1].</summary>
    public double Share => All == 0 ? 0 : (double)Rows.Length / All;

    /// <summary>The other rows, ascending.</summary>
    public int[] Complement()
    {
        int[] others = new int[All - Rows.Length];
        int at = 0;
        int next = 0;
        for (int row = 0; row < All; row++)
        {
            if (next < Rows.Length && Rows[next] == row)
            {
                next++;
            }
            else
            {
                others[at++] = row;
            }
        }

        return others;
    }
}
