using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Halves lines between rows that are answered differently until the boundary is found; needs labels alone.</summary>
internal sealed class LineSearchAttack : IAttack
{
    // Boundary points an unknown: twice what exact points would need.
    private const int Points = 2;
    private const int MostDrawn = 20;

    public string Name => "line-search";

    public string Sentence => "Halves lines between rows that are answered differently until the boundary is found, from decisions alone.";

    public QueryKind? Needs => null;

    public int Accounts => 1;

    public string? Misfit(QuerySpace space, int classes) =>
        classes != 2 ? "There is one boundary to find only between two classes."
        : space.Columns.All(column => !column.IsNumeric) ? "No column is a number, so that there is no line to halve."
        : null;

    public CopiedModel Run(Thief thief, CancellationToken cancellationToken)
    {
        TakenAnswers taken = thief.Taken;
        int wanted = Points * thief.Space.Unknowns;
        MarginalRows profile = new(thief.Profile, thief.Seed);
        List<float[]> points = [];
        List<float[]>[] ends = [[], []];

        // Ends are legal rows by the published profile; the rarer class's are used again and again.
        for (int drawn = 0; points.Count < wanted && drawn < MostDrawn * wanted && taken.Oracle.Closed is null; drawn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] row = new float[thief.Space.Width];
            profile.Draw(row);
            if (LabelOf(row) is not int label)
            {
                break;
            }

            ends[label].Add(row);
            if (ends[1 - label] is { Count: > 0 } others
                && BoundarySearch.Between(thief.Space, row, label, others[drawn % others.Count], LabelOf) is (float[] inside, float[] outside))
            {
                points.Add([.. inside.Zip(outside, (a, b) => (a + b) / 2)]);
            }
        }

        // What else is in the answers is not used: the attack shows what decisions alone give away.
        TakenAnswers labels = taken.Labels();
        return TrainCopies.Best(labels, [own => BoundaryForm.Of(points, own)], thief.Seed, cancellationToken);

        int? LabelOf(float[] row)
        {
            IReadOnlyList<OracleAnswer> given = taken.Ask([row], thief.Asks, cancellationToken);
            return given.Count == 0 ? null : given[0].Label;
        }
    }
}
