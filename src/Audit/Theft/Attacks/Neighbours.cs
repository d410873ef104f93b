using Governance.Audit.Answers.Policy;
using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Attacks;

/// <summary>The counterfactuals of a simulated front door: real rows, prototypes of many rows, or points of the boundary.</summary>
internal sealed class Neighbours
{
    private const int PrototypesOfClass = 8;

    private readonly Victim victim;
    private readonly RowDistance distance;
    private readonly float[][] rows;
    private readonly int[] labels;
    private readonly Lazy<(float[][] Rows, int[] Labels)> prototypes;

    /// <summary>Takes the owner's reference rows.</summary>
    public Neighbours(Victim victim, CancellationToken cancellationToken)
    {
        this.victim = victim;
        distance = new RowDistance(victim.Space);
        rows = victim.Space.Write(victim.Published);
        labels = victim.Answer(rows, cancellationToken).Labels;
        prototypes = new(() => Prototypes(cancellationToken));
    }

    /// <summary>The counterfactual of a row as a policy lets it out; null where there is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">How it is answered.</param>
    /// <param name="form">Where it comes from.</param>
    /// <param name="exact">Whether the point of the boundary itself is told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public float[]? Of(float[] row, int label, CounterfactualForm form, bool exact, CancellationToken cancellationToken)
    {
        (float[][] pool, int[] own) = form == CounterfactualForm.Prototype ? prototypes.Value : (rows, labels);
        float[]? nearest = form == CounterfactualForm.None || label < 0 ? null
            : distance.Nearest(row, Enumerable.Range(0, pool.Length).Where(i => own[i] != label).Select(i => pool[i]));
        return nearest is null || !exact ? nearest
            : BoundarySearch.Between(victim.Space, row, label, nearest, at => victim.Answer([at], cancellationToken).Labels[0])?.Outside ?? nearest;
    }

    // One pass of k-means from drawn rows: each prototype is the middle of the rows that are nearest to it.
    private (float[][] Rows, int[] Labels) Prototypes(CancellationToken cancellationToken)
    {
        List<float[]> made = [];
        foreach (int label in labels.Distinct().Order())
        {
            float[][] own = [.. Enumerable.Range(0, rows.Length).Where(i => labels[i] == label).Select(i => rows[i])];
            SeededRandom random = new(label, 0);
            float[][] seeds = [.. Enumerable.Range(0, Math.Min(PrototypesOfClass, own.Length)).Select(_ => own[random.NextBelow(own.Length)])];
            made.AddRange(own.GroupBy(row => Array.IndexOf(seeds, distance.Nearest(row, seeds))).OrderBy(group => group.Key).Select(group => Middle([.. group])));
        }

        return ([.. made], victim.Answer(made, cancellationToken).Labels);
    }

    private float[] Middle(float[][] group)
    {
        float[] row = new float[victim.Space.Width];
        foreach (QueryColumn column in victim.Space.Columns)
        {
            if (column.IsNumeric)
            {
                row[column.Offset] = column.Legal(group.Average(one => one[column.Offset]));
            }
            else
            {
                column.SetLevel(row, group.GroupBy(one => column.LevelOf(one)).OrderByDescending(levels => levels.Count()).ThenBy(levels => levels.Key).First().Key);
            }
        }

        return row;
    }
}
