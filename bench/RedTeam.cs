using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Theft.Attacks;

namespace Governance.Bench;

/// <summary><c>bench redteam [MODEL …]</c>: every attack on the models of mortgages, credits and incomes, as Markdown.</summary>
internal static class RedTeam
{
    private const int MostTraining = 6_000;

    private static readonly (string Model, string Data, string Label)[] Cases =
    [
        ("hmda_logreg", "hmda", "deny"), ("hmda_gbt", "hmda", "deny"), ("german_credit_logreg", "german_credit", "credit_risk"),
        ("german_credit_mlp", "german_credit", "credit_risk"), ("adult_logreg", "adult", "income"), ("adult_gbt", "adult", "income"),
    ];

    /// <summary>Runs the cases of these names; all for none.</summary>
    /// <param name="models">Such as hmda_logreg.</param>
    public static int Run(IReadOnlyList<string> models)
    {
        string? reference = Folders.Reference;
        foreach ((string model, string data, string label) in Cases.Where(one => models.Count == 0 || models.Contains(one.Model)))
        {
            if (reference is null)
            {
                Console.Error.WriteLine("There is no reference folder: set GOVERNANCE_REFERENCE or put it at ../shared.");
                return 2;
            }

            Attack(Path.Combine(reference, "data", "models", model), Path.Combine(reference, "data", "datasets", data), model, label);
        }

        return 0;
    }

    private static void Attack(string folder, string data, string name, string label)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        PredictorOptions run = new() { Threads = 1 };
        using OnnxPredictor predictor = OnnxPredictor.Load(file, run, CancellationToken.None);
        ModelEncoding encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        Table heldOut = Read(data, "test");
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, heldOut);
        DecisionRule rule = new(predictor.Signature, encoding);
        RedTeamRequest request = new()
        {
            Predictor = predictor,
            Model = file,
            Run = run,
            Encoder = encoder,
            Rule = rule,
            HeldOut = heldOut,
            Training = Read(data, "train").Head(MostTraining),
            Label = label,
            Release = ReleaseClasses.Of(ReadModelFacts.Of(new ModelGraph(file), predictor.Signature.Inputs, rule.ScoreOutput)),
            Policies = OutputPolicies.Default,
            Audiences = [Audience.Consumer, Audience.Developer, Audience.Reviewer],
            Seed = 20,
            Threads = Environment.ProcessorCount,
        };
        long started = Stopwatch.GetTimestamp();
        RedTeamReport report = RunRedTeam.Run(request, null, TimeProvider.System, CancellationToken.None);
        RedTeamReport day = RunRedTeam.Run(request with { Days = 1, Attacks = ["own-data"], Audiences = [Audience.Consumer] }, null, TimeProvider.System, CancellationToken.None);
        Write(name, report, day, Stopwatch.GetElapsedTime(started));
    }

    private static void Write(string name, RedTeamReport report, RedTeamReport day, TimeSpan took)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n### {name} ({report.Release}, M + 1 = {report.Unknowns}, {report.JudgedRows} judged rows, always the same {report.BaseRate:0.000}; {took.TotalSeconds:0} s)\n"));
        string[] roles = [.. report.Attacks.Select(attack => attack.Role).Distinct()];
        Console.WriteLine($"| attack | {string.Join(" | ", roles.Select(role => $"{RedTeamWords.Terms(role)}: questions / units, ended by, alarm at, fidelity, R²"))} |");
        Console.WriteLine($"|---|{string.Concat(roles.Select(_ => "---|"))}");
        foreach (IGrouping<string, AttackResult> attack in report.Attacks.GroupBy(result => result.Attack))
        {
            Console.WriteLine($"| {attack.Key} | {string.Join(" | ", attack.Select(Cell))} |");
        }

        AttackResult own = day.Attacks.First(attack => attack.Role != FrontDoorTerms.Off);
        Console.WriteLine($"\nOwn data at the day's budget: {Cell(own)}.");
        foreach (MembershipFigures one in report.Membership)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Membership, {RedTeamWords.Terms(one.Role)}: AUC {one.Auc:0.000} [{one.AucInterval?[0]:0.000}, {one.AucInterval?[1]:0.000}], {one.Caught:0.000} found at 1 % false alarms."));
        }
    }

    private static string Cell(AttackResult attack) => attack.Skipped is not null ? "not run" : attack.Fidelity is null ? $"nothing answered ({attack.RefusedBy})"
        : string.Create(CultureInfo.InvariantCulture,
            $"{attack.Queries} / {attack.Units}, {attack.RefusedBy ?? "through"}, {(attack.AlarmAt is int at ? $"alarm {at}" : "no alarm")}, {attack.Fidelity:0.000}, {attack.R2:0.00}");

    private static Table Read(string folder, string part)
    {
        string plain = Path.Combine(folder, part + ".csv");
        using FileStream stream = File.OpenRead(File.Exists(plain) ? plain : plain + ".gz");
        return TableFile.Read(stream, CancellationToken.None);
    }
}
