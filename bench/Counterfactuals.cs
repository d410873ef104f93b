using System.Globalization;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Counterfactuals;

namespace Governance.Bench;

/// <summary>Cost of counterfactuals for denied applicants beside a random-restart search with ten times the evaluations.</summary>
internal static class Counterfactuals
{
    private const int Cases = 100;
    private const double Tie = 1e-9;

    /// <summary>Measures both sample models and prints a table.</summary>
    public static void Run()
    {
        ResultTable table = new("model", "cases", "found", "violations", "no worse", "cheaper", "mean cost", "random's mean cost", "evaluations", "CPU ms a case");
        foreach (string name in (string[])["hmda_logreg", "hmda_gbt"])
        {
            Measure(table, name);
        }
    }

    private static void Measure(ResultTable table, string name)
    {
        string folder = Path.Combine(Folders.Samples, "models", name);
        using OnnxPredictor predictor = OnnxPredictor.Load(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), new PredictorOptions { Provider = "cpu" }, default);
        Table population = Read(Path.Combine(Folders.Samples, "hmda", "train.csv"));
        RowEncoder encoder = RowEncoder.For(predictor.Signature, ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))), population);
        DecisionRule rule = new(predictor.Signature, encoder.Encoding);
        Decisions known = rule.Decide(predictor.Predict(encoder.Encode(population), default));
        ActionConstraints constraints = ActionConstraints.None.WithImmutable(["afam", "single"]);
        (string File, Table Data, int Row)[] denied = [.. ((string[])["test", "train"]).SelectMany(part => Denied(part, predictor, encoder, rule)).Take(Cases)];
        List<string> worse = [];
        TimeSpan cpu = TimeSpan.Zero;
        (int found, int violations, int noWorse, int cheaper) = (0, 0, 0, 0);
        (double ours, double theirs, long evaluations) = (0, 0, 0);
        foreach ((string file, Table data, int row) in denied)
        {
            TimeSpan before = Cpu();
            CounterfactualReport report = FindCounterfactuals.Run(
                new CounterfactualRequest { Predictor = predictor, Encoder = encoder, Data = data, Row = row, Population = population, Target = "no", Constraints = constraints },
                TimeProvider.System, default);
            cpu += Cpu() - before;
            evaluations += report.Evaluations;
            if (report.Counterfactuals is not [Counterfactual way, ..])
            {
                continue;
            }

            ActionSpace space = ActionSpace.Make(encoder, population, encoder.Encode(population.Head(1)), data, row, constraints);
            Table changed = Apply(data.Take([row]), way);
            bool reached = rule.Decide(predictor.Predict(encoder.Encode(changed), default)).Predicted![0] == "no";
            violations += ConstraintCheck.Violations(data.Take([row]), changed, constraints).Count + (reached ? 0 : 1);
            TargetJudge judge = new(rule, new CounterfactualTarget("no"), known);
            double random = RandomRestart.Run(
                space.Columns, (states, token) => judge.Judge(rule.Decide(predictor.Predict(encoder.Encode(space.Rows(states)), token))),
                (int)(10 * report.Evaluations), int.MaxValue, row);
            found++;
            noWorse += way.Cost <= random + Tie ? 1 : 0;
            if (way.Cost > random + Tie)
            {
                worse.Add($"{name}, row {row} of {file}.csv: {Number(way.Cost, "0.0000")} against {Number(random, "0.0000")}");
            }

            cheaper += way.Cost < random - Tie ? 1 : 0;
            ours += way.Cost;
            theirs += random;
        }

        table.Row(
            name, Number(denied.Length, "0"), Number(found, "0"), Number(violations, "0"), Number(noWorse, "0"), Number(cheaper, "0"),
            Number(ours / found, "0.0000"), Number(theirs / found, "0.0000"), Number(evaluations / (double)denied.Length, "N0"),
            Number(cpu.TotalMilliseconds / denied.Length, "0"));
        worse.ForEach(Console.Error.WriteLine);
    }

    private static IEnumerable<(string File, Table Data, int Row)> Denied(string part, OnnxPredictor predictor, RowEncoder encoder, DecisionRule rule)
    {
        Table data = Read(Path.Combine(Folders.Samples, "hmda", $"{part}.csv"));
        string[] predicted = rule.Decide(predictor.Predict(encoder.Encode(data), default)).Predicted!;
        return Enumerable.Range(0, data.Rows).Where(row => predicted[row] == "yes").Select(row => (part, data, row));
    }

    private static Table Apply(Table row, Counterfactual way) => new([.. row.Columns.Select(column =>
        way.Changes.FirstOrDefault(change => change.Column == column.Name) is not { } change ? column
            : change.To is double number ? new NumberColumn(column.Name, [number])
            : TextColumn.Of(column.Name, [(string?)change.To]))]);

    private static Table Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return TableFile.Read(stream, CancellationToken.None);
    }

    private static TimeSpan Cpu() => Environment.CpuUsage.TotalTime;

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
