using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Solves for the unknowns of a linear model, one question an unknown or a multiple of that.</summary>
/// <param name="multiple">Questions an unknown, at least 1.</param>
/// <param name="accounts">Accounts among which the questions are shared.</param>
/// <param name="repeats">How often each question is asked, to average what might be noise.</param>
internal sealed class EquationAttack(int multiple, int accounts = 1, int repeats = 1) : IAttack
{
    public string Name => (multiple > 1 ? $"equation-{multiple}" : "equation")
        + (accounts > 1 ? $"-sybil-{accounts}" : "") + (repeats > 1 ? $"-repeat-{repeats}" : "");

    public string Sentence => "Solves for the weights of a linear model from "
        + (multiple == 1 ? "as many answers as it has unknowns" : $"{multiple} answers an unknown")
        + (accounts > 1 ? $", shared among {accounts} accounts" : "")
        + (repeats > 1 ? $", each asked {repeats} times and averaged" : "") + ".";

    public QueryKind? Needs => null;

    public int Accounts => accounts;

    public string? Misfit(QuerySpace space, int classes) => null;

    public CopiedModel Run(Thief thief, CancellationToken cancellationToken)
    {
        TakenAnswers taken = thief.Taken;
        IReadOnlyList<float[]> rows = Questions(thief);
        for (int again = 0; again < repeats; again++)
        {
            taken.Ask(rows, thief.Asks, cancellationToken);
        }

        if (taken.Count == 0 || !taken.HasScores)
        {
            return TrainCopies.Best(taken, [], thief.Seed, cancellationToken);
        }

        double[][] form = LinearEquations.Solve(taken, [.. Enumerable.Range(0, taken.Count)]);
        CopiedModel solved = CopiedModel.Linear("equations", form, thief.Classes);

        // With more answers than unknowns a fit of the probabilities themselves takes rounding better than their log-odds.
        return taken.Count <= thief.Space.Unknowns * repeats || thief.Classes == 1
            ? TrainCopies.WithThreshold(solved, taken)
            : TrainCopies.Better(solved, TrainCopies.Logistic(taken), taken);
    }

    // Around the middle of the data, where a linear model is steepest.
    private List<float[]> Questions(Thief thief)
    {
        List<float[]> rows = [.. EquationRows.OneAtATime(thief.Space)];
        CloudRows cloud = new(thief.Profile, thief.Seed);
        MarginalRows wide = new(thief.Profile, thief.Seed);
        while (rows.Count < multiple * thief.Space.Unknowns)
        {
            float[] row = new float[thief.Space.Width];
            (rows.Count % 2 == 0 ? (QueryStream)cloud : wide).Draw(row);
            rows.Add(row);
        }

        return rows;
    }
}
