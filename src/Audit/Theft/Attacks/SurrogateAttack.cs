using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Where the rows of a surrogate come from.</summary>
internal enum RowSource
{
    /// <summary>Any legal row.</summary>
    Uniform,

    /// <summary>Each cell by its published distribution.</summary>
    Marginals,

    /// <summary>Of rows by the published distribution those that the copy is least sure of.</summary>
    Adaptive,

    /// <summary>Rows of the thief's own.</summary>
    OwnData,
}

/// <summary>Trains copies on answers to rows of some kind, and keeps the best.</summary>
/// <remarks>
/// Orekondy, Schiele and Fritz, "Knockoff nets", CVPR 2019 (own data); Tramèr et al. 2016, section 6 (uniform, adaptive).
/// </remarks>
internal sealed class SurrogateAttack(RowSource source, bool explained = false, int accounts = 1) : IAttack
{
    // Explanations cost an attack in this process seconds, and what they add is there after a hundred.
    private const int MostExplained = 100;

    public string Name => source switch
    {
        RowSource.OwnData => "own-data",
        _ => source.ToString().ToLowerInvariant(),
    } + (explained ? "-explained" : "") + (accounts > 1 ? $"-sybil-{accounts}" : "");

    public string Sentence => "Trains copies on answers to " + source switch
    {
        RowSource.Uniform => "rows drawn at random from what is legal",
        RowSource.Marginals => "rows drawn column by column from the published profile",
        RowSource.Adaptive => "rows that an earlier copy was least sure of",
        _ => "real rows of the thief's own",
    } + (explained ? ", with their explanations" : "") + (accounts > 1 ? $", shared among {accounts} accounts" : "") + ".";

    public QueryKind? Needs => explained ? QueryKind.Explain : null;

    public int Accounts => accounts;

    public string? Misfit(QuerySpace space, int classes) =>
        source == RowSource.Adaptive && classes != 2 ? "Being unsure is measured between two classes." : null;

    public CopiedModel Run(Thief thief, CancellationToken cancellationToken)
    {
        TakenAnswers taken = thief.Taken;
        QueryKind kind = explained ? QueryKind.Explain : thief.Asks;
        int most = explained ? Math.Min(thief.Most, MostExplained) : thief.Most;
        if (source == RowSource.OwnData)
        {
            taken.Ask(thief.OwnRows(most), kind, cancellationToken);
        }
        else
        {
            Draw(thief, Stream(thief), kind, most, cancellationToken);
        }

        return TrainCopies.Best(
            taken,
            explained ? [AttributionCopies.Additive, own => AttributionCopies.Grown(own, thief.Seed, cancellationToken)] : [],
            thief.Seed, cancellationToken);
    }

    private QueryStream Stream(Thief thief) => source switch
    {
        RowSource.Uniform => new UniformRows(thief.Profile, thief.Seed),
        RowSource.Adaptive => new UncertaintyRows(new MarginalRows(thief.Profile, thief.Seed)),
        _ => new MarginalRows(thief.Profile, thief.Seed),
    };

    // Only a stream that learns needs each answer before the next question.
    private void Draw(Thief thief, QueryStream stream, QueryKind kind, int most, CancellationToken cancellationToken)
    {
        int batch = source == RowSource.Adaptive ? 1 : most;
        while (thief.Taken.Count < most && thief.Taken.Oracle.Closed is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[][] rows = [.. Enumerable.Range(0, batch).Select(_ => new float[thief.Space.Width])];
            foreach (float[] row in rows)
            {
                stream.Draw(row);
            }

            foreach (OracleAnswer answer in thief.Taken.Ask(rows, kind, cancellationToken).Where(_ => source == RowSource.Adaptive))
            {
                stream.Learn(RowTargets.Shares(answer, thief.Classes)[1]);
            }
        }
    }
}
