using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Trains copies on rows and their counterfactuals, which lie on the other side of the boundary, or on it.</summary>
/// <remarks>Aïvodji, Bolot and Gambs, "Model extraction from counterfactual explanations", 2020, arXiv:2009.01884.</remarks>
internal sealed class CounterfactualAttack : IAttack
{
    private const int Most = 200;

    public string Name => "counterfactuals";

    public string Sentence => "Trains copies on rows of the thief's own and their counterfactuals.";

    public QueryKind? Needs => QueryKind.Counterfactual;

    public int Accounts => 1;

    public string? Misfit(QuerySpace space, int classes) => classes != 2 ? "A counterfactual names its class only where there are two." : null;

    public CopiedModel Run(Thief thief, CancellationToken cancellationToken)
    {
        TakenAnswers taken = thief.Taken;
        float[][] rows = thief.OwnRows(Math.Min(thief.Most, Most));
        List<float[]> points = [];
        foreach (OracleAnswer answer in taken.Ask(rows, QueryKind.Counterfactual, cancellationToken))
        {
            if (answer.Counterfactual is not float[] other)
            {
                continue;
            }

            // A point of the boundary is worth more than its label: its probability is known.
            taken.Add(other, new OracleAnswer { Label = 1 - answer.Label, Scores = answer.OnBoundary && answer.Scores is not null ? [0.5, 0.5] : null });
            if (answer.OnBoundary)
            {
                points.Add(other);
            }
        }

        return TrainCopies.Best(taken, points.Count == 0 ? [] : [own => BoundaryForm.Of(points, own)], thief.Seed, cancellationToken);
    }
}
