using Governance.Audit.Explanations;
using Governance.Audit.Theft.Attacks;

namespace Governance.Audit.Theft.Gauge;

/// <summary>Makes the copy that a thief would make of kept answers, and judges it on the owner's rows. The same answers give the same figures.</summary>
/// <remarks>
/// The trainers are the red team's (<see cref="TrainCopies"/>): a linear model, boosted trees and a network, with attributions
/// where there are any; the best on answers put aside is taken, never the best on the rows that it is judged on. A copy is
/// retrained on the owner's own rows with the model's full answers for the fidelity that can be reached at all. A gauge and
/// no alarm: Kesarwani et al., "Model extraction warning in MLaaS paradigm", ACSAC 2018.
/// </remarks>
public sealed class MeasureGauge
{
    /// <summary>The fewest reference rows by which a version is gauged.</summary>
    public const int LeastRows = 2 * Victim.LeastRows;

    private const double Level = 0.95;
    private const int MostRows = 4_000;
    private const int MostJudged = 1_000;
    private const int Seed = 1;

    private readonly Victim victim;
    private readonly KeptOracle oracle;
    private readonly float[][] judged;
    private readonly VictimAnswers truth;

    private MeasureGauge(Victim victim, float[][] judged, VictimAnswers truth)
    {
        this.victim = victim;
        oracle = new KeptOracle(victim);
        this.judged = judged;
        this.truth = truth;
    }

    /// <summary>What a copy trained on the owner's own rows reaches.</summary>
    public required GaugeFigures Retrain { get; init; }

    /// <summary>The columns of a row.</summary>
    public IReadOnlyList<string> Columns => [.. victim.Space.Columns.Select(column => column.Name)];

    /// <summary>Prepares a version: shares out the owner's rows and retrains.</summary>
    /// <param name="victim">The model with the owner's rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Data.InputException">There are too few rows.</exception>
    public static MeasureGauge Of(Victim victim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(victim);
        if (victim.Published.Rows < LeastRows)
        {
            throw new Data.InputException($"The gauge needs at least {LeastRows} reference rows; there are {victim.Published.Rows}.");
        }

        (int[] judge, int[] learn) = Split(victim.Published.Rows);
        Data.Table table = victim.Published.Take(judge);
        VictimAnswers truth = victim.Answer(table, cancellationToken);
        MeasureGauge gauge = new(victim, victim.Space.Write(table), truth) { Retrain = new GaugeFigures(0, 0, 0, 0, 0, 0, "none") };
        Data.Table own = victim.Published.Take(learn);
        float[][] rows = victim.Space.Write(own);
        VictimAnswers full = victim.Answer(own, cancellationToken);
        TakenAnswers taken = new(gauge.oracle);
        for (int row = 0; row < rows.Length; row++)
        {
            taken.Add(rows[row], new OracleAnswer { Label = full.Labels[row], Scores = victim.HasScores ? full.Scores[row] : null });
        }

        return new MeasureGauge(victim, gauge.judged, truth) { Retrain = gauge.Judge(taken, cancellationToken) };
    }

    /// <summary>Reads the gauge.</summary>
    /// <param name="kept">What somebody was answered.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public GaugeFigures Run(KeptAnswers kept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return Judge(oracle.Taken(kept), cancellationToken);
    }

    private GaugeFigures Judge(TakenAnswers taken, CancellationToken cancellationToken)
    {
        bool explained = taken.Answers.Any(answer => answer.Attribution is not null);
        CopiedModel copy = TrainCopies.Best(
            taken, explained ? [AttributionCopies.Additive, own => AttributionCopies.Grown(own, Seed, cancellationToken)] : [], Seed, cancellationToken);
        if (victim.ClassCount == 1)
        {
            CopyQuality quality = MeasureCopy.Run(copy, judged, truth, Level, Seed, cancellationToken);
            return new GaugeFigures(
                taken.Count, quality.Fidelity, quality.Interval?.Low ?? quality.Fidelity, quality.Interval?.High ?? quality.Fidelity, quality.Fidelity,
                judged.Length, copy.Family);
        }

        int[] said = [.. judged.Select(row => copy.Label(copy.Predict(row)))];
        AgreementBeyondChance alike = AgreementBeyondChance.Of(truth.Labels, said, victim.ClassCount, Level);
        return new GaugeFigures(taken.Count, alike.Value, alike.Interval.Low, alike.Interval.High, alike.Plain, judged.Length, copy.Family);
    }

    // Copies are judged on rows that the retrained one did not see.
    private static (int[] Judge, int[] Learn) Split(int rows)
    {
        SeededRandom random = new(Seed, 40);
        int[] order = [.. Enumerable.Range(0, rows)];
        for (int i = rows - 1; i > 0; i--)
        {
            int other = random.NextBelow(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        int most = Math.Min(rows, MostRows);
        int judged = Math.Min(MostJudged, most / 2);
        return (order[..judged], order[judged..most]);
    }
}
