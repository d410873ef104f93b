using System.Text.Json.Serialization;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Theft.Attacks;

/// <summary>How good a copy gets by the questions asked, without any protection.</summary>
/// <param name="Task">"classes" or "value".</param>
/// <param name="BaseRate">The fidelity of a copy that always says the same; 0 for a value.</param>
/// <param name="JudgedRows">Rows that copies are judged on, which no thief has seen.</param>
/// <param name="Points">By kind of question and number of questions.</param>
public sealed record CopyCostReport(string Task, double BaseRate, int JudgedRows, IReadOnlyList<CopyCost> Points);

/// <summary>A copy made from a number of questions.</summary>
/// <param name="Attack">What was asked: "own-data" are real rows of the thief's, "marginals" rows drawn from the published profile.</param>
/// <param name="Queries">Questions answered.</param>
/// <param name="Family">How the best copy was made.</param>
/// <param name="Fidelity">The share of judged rows decided alike; of a value R².</param>
/// <param name="Interval">[low, high]; null where there is none.</param>
/// <param name="R2">R² of the copied score; null where it is not defined.</param>
public sealed record CopyCost(string Attack, int Queries, string Family, double Fidelity, IReadOnlyList<double>? Interval, double? R2)
{
    /// <summary>[low, high] of the R²; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? R2Interval { get; init; }
}

/// <summary>Says what a copy costs: the red team's own attacks without protection, each with more and more questions.</summary>
/// <remarks>
/// Detectors, budgets and rounding are left out on purpose: this is what the answers are worth by themselves. A linear model is
/// rebuilt from fewer questions by solving equations, which the red team shows.
/// </remarks>
public static class CopyCosts
{
    /// <summary>The numbers of questions, as far as there are rows.</summary>
    public static IReadOnlyList<int> Steps { get; } = [25, 50, 100, 200, 400, 800];

    private static readonly string[] Asked = ["own-data", "marginals"];

    /// <summary>Measures.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="encoder">How readable rows become its inputs.</param>
    /// <param name="rule">How its outputs become decisions.</param>
    /// <param name="rows">Rows of the kind that it was made for: half of them, drawn by the seed, are the thief's, the others judge the copies.</param>
    /// <param name="level">The confidence level.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="progress">Told the share that is done; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The model cannot be copied in this way, or there are too few rows.</exception>
    public static CopyCostReport Run(
        OnnxPredictor predictor, RowEncoder encoder, DecisionRule rule, Table rows, double level, int seed, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        RedTeamRequest request = new()
        {
            Predictor = predictor, Model = [], Run = new PredictorOptions { Provider = "cpu" }, Encoder = encoder, Rule = rule, HeldOut = rows,
            Release = ReleaseClass.Other, Policies = OutputPolicies.Default, Level = level, Seed = seed,
        };
        (Table judgedTable, Table ownTable) = RedTeamRows.Split(request);
        Victim victim = Victim.Of(predictor, encoder, rule, ownTable, cancellationToken);
        AttackedModel attacked = AttackedModel.Of(victim, null, encoder.Slots.Count, seed, cancellationToken);
        float[][] judged = victim.Space.Write(judgedTable);
        VictimAnswers truth = victim.Answer(judgedTable, cancellationToken);
        FrontDoorTerms off = FrontDoorTerms.Unprotected(ReleaseClass.Other);
        float[][] own = victim.Space.Write(ownTable);
        (IAttack Attack, int Queries)[] plan =
            [.. AttackList.Of(Asked).SelectMany(attack => Steps.Where(step => attack.Name != "own-data" || step <= own.Length).Select(step => (attack, step)))];
        List<CopyCost> points = [];
        foreach ((IAttack attack, int queries) in plan)
        {
            AttackRun run = new(attacked, request with { MostQueries = queries }, RunRedTeam.Profile(victim, ownTable), own, judged, truth);
            AttackResult tried = run.Try(off, attack, cancellationToken).Result;
            if (tried.Fidelity is double fidelity)
            {
                points.Add(new CopyCost(attack.Name, tried.Queries, tried.Family!, fidelity, tried.FidelityInterval, tried.R2) { R2Interval = tried.R2Interval });
            }

            progress?.Report(points.Count / (double)plan.Length);
        }

        return new CopyCostReport(
            victim.ClassCount == 1 ? "value" : "classes",
            victim.ClassCount == 1 ? 0 : truth.Labels.GroupBy(label => label).Max(group => group.Count()) / (double)judged.Length, judged.Length, points);
    }
}
