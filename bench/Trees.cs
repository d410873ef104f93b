using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Trees;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Ensembles;
using Governance.Audit.Inference.Graphs;

namespace Governance.Bench;

/// <summary>
/// Tree SHAP on Adult (12 features), trained by train/train_adult_trees.py: the kernels and the whole method, one and two
/// threads, in turns with xgboost's pred_contribs.
/// </summary>
internal static class Trees
{
    private const int Repeats = 5;
    private const int Background = 100;
    private const int LargeBackground = 10_000;

    private static readonly (string Name, int Rows)[] Models = [("gbm100d3", 10_000), ("xgb100d3", 10_000), ("xgb300d6", 5_000)];

    /// <summary>Trains where needed, measures and prints a table.</summary>
    /// <param name="folder">Where the recipe's files are; null makes them in a new temporary folder.</param>
    public static int Run(string? folder)
    {
        folder ??= Train();
        if (folder is null)
        {
            Console.Error.WriteLine("Give the folder that bench/train/train_adult_trees.py wrote, or install python3-xgboost, python3-sklearn, python3-pandas and python3-onnx and have the reference folder.");
            return 2;
        }

        ResultTable table = new("model", "work", "rows", "threads", "wall s", "CPU s", "rows per CPU-second", "rows per second");
        foreach ((string name, int rows) in Models)
        {
            Measure(table, folder, name, rows);
        }

        return 0;
    }

    private static void Measure(ResultTable table, string folder, string name, int count)
    {
        byte[] model = File.ReadAllBytes(Path.Combine(folder, $"{name}.onnx"));
        NodeProto node = ModelFile.Parse(model).Graph.Node[0];
        TreeEnsemble ensemble = ReadEnsemble.From(node);
        FeatureMatrix rows = Matrix(folder, "rows.csv", count);
        FeatureMatrix few = Matrix(folder, "background.csv", Background);
        FeatureMatrix many = Matrix(folder, "background.csv", LargeBackground);
        Forest forest = Forest(ensemble, few);
        int nodes = ensemble.Trees.Sum(tree => tree.Count);
        Console.Error.WriteLine($"{name}: {ensemble.Trees.Count} trees, {nodes} nodes");

        List<(string Work, int Rows, int Threads, Func<(double Wall, double Cpu)> Once)> works = [];
        foreach (int threads in (int[])[1, 2])
        {
            works.Add(("path-dependent, kernel", count, threads, () => Time(() => TreeShapley.PathDependent(forest, rows, threads, null, default))));
            works.Add(($"interventional, {Background} background rows, kernel", count, threads, () => Time(() => TreeShapley.Marginal(forest, rows, few, Equal(few), threads, null, default))));
        }

        works.Add(($"interventional, {LargeBackground:N0} background rows, kernel", count, 1, () => Time(() => TreeShapley.Marginal(forest, rows, many, Equal(many), 1, null, default))));
        FeatureMatrix hundred = Head(rows, 100);
        works.Add(($"interventional, {Background} background rows, kernel", 100, 1, () => Time(() => TreeShapley.Marginal(forest, hundred, few, Equal(few), 1, null, default))));
        works.Add(($"interventional, {LargeBackground:N0} background rows, kernel", 100, 1, () => Time(() => TreeShapley.Marginal(forest, hundred, many, Equal(many), 1, null, default))));
        FeatureMatrix thousand = Head(rows, 1000);
        works.Add(("path-dependent interactions, kernel", 1000, 1, () => Time(() => TreeShapley.PathDependentInteractions(forest, thousand, 1, null, default))));
        works.Add(($"interventional interactions, {Background} background rows, kernel", 1000, 1, () => Time(() => TreeShapley.MarginalInteractions(forest, thousand, few, Equal(few), 1, null, default))));
        works.Add(("explain --method tree-path, whole run", count, 1, () => Method(model, folder, "tree-path", "margin", count)));
        works.Add(("explain --method tree, margin, whole run", count, 1, () => Method(model, folder, "tree", "margin", count)));
        works.Add(("explain --method tree, probability, whole run", 100, 1, () => Method(model, folder, "tree", "prob", 100)));
        foreach (int threads in (int[])[1, 2])
        {
            if (File.Exists(Path.Combine(folder, $"{name}.json")))
            {
                works.Add(("xgboost pred_contribs", count, threads, () => Peer(folder, name, count, threads)));
            }
        }

        double[][] wall = [.. works.Select(_ => new double[Repeats])];
        double[][] cpu = [.. works.Select(_ => new double[Repeats])];
        for (int repeat = -1; repeat < Repeats; repeat++)
        {
            for (int work = 0; work < works.Count; work++)
            {
                (double wallSeconds, double cpuSeconds) = works[work].Once();
                if (repeat >= 0)
                {
                    (wall[work][repeat], cpu[work][repeat]) = (wallSeconds, cpuSeconds);
                }
            }
        }

        for (int work = 0; work < works.Count; work++)
        {
            (double wallSeconds, double cpuSeconds) = (Median(wall[work]), Median(cpu[work]));
            table.Row(
                name, works[work].Work, Number(works[work].Rows, "0"), Number(works[work].Threads, "0"), Number(wallSeconds, "0.0000"),
                Number(cpuSeconds, "0.0000"), Number(works[work].Rows / cpuSeconds, "N0"), Number(works[work].Rows / wallSeconds, "N0"));
        }
    }

    private static (double Wall, double Cpu) Method(byte[] model, string folder, string method, string output, int count)
    {
        PredictorOptions run = new() { Provider = "cpu" };
        using OnnxPredictor predictor = OnnxPredictor.Load(model, run, default);
        using ModelScorer scorer = ModelScorer.Load(predictor, model, run, new ScorerOptions { Output = output }, default);
        Table data = Read(folder, "rows.csv").Head(count);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, null, data, null);
        ExplainRequest request = new()
        {
            Model = scorer.Score,
            Graph = new ModelGraph(model),
            Outputs = 1,
            ClassIndex = 0,
            Output = output,
            Rows = encoder.Encode(data),
            Background = encoder.Encode(Read(folder, "background.csv").Head(Background)),
            Players = encoder.Players(),
            Method = method,
        };
        return Time(() => ExplainRows.Run(request, null, TimeProvider.System, default));
    }

    private static (double Wall, double Cpu) Peer(string folder, string name, int count, int threads)
    {
        string[] words = Python("time_pred_contribs.py", Path.Combine(folder, $"{name}.json"), Path.Combine(folder, "rows.csv"), $"{count}", $"{threads}")!.Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static string? Train()
    {
        if (Folders.Reference is not string reference)
        {
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("governance-bench-").FullName;
        return Python("train_adult_trees.py", reference, folder) is null ? null : folder;
    }

    private static string? Python(string script, params string[] arguments)
    {
        ProcessStartInfo start = new("/usr/bin/python3", [Path.Combine(Folders.Training, script), .. arguments]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = arguments[^1] is "2" ? "2" : "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : null;
    }

    private static (double Wall, double Cpu) Time(Action work)
    {
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        work();
        double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return (wall, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private static Forest Forest(TreeEnsemble ensemble, FeatureMatrix background)
    {
        int features = background.Columns.Count;
        Forest plain = new(features, [.. Enumerable.Range(0, features)], 1, [.. ensemble.Trees.Select(nodes => new ForestTree(
            nodes, [.. nodes.Select(node => node.Mode == BranchMode.Leaf ? new[] { node.Weights.Sum(weight => weight.Weight) } : null)]))]);
        IReadOnlyList<double[]> covers = TreeCovers.OfRows(plain, background, (_, _) => 1);
        return new Forest(features, plain.FeaturePlayers, 1, [.. plain.Trees.Select((tree, i) => tree with { Covers = covers[i] })]);
    }

    private static FeatureMatrix Matrix(string folder, string name, int count)
    {
        Table table = Read(folder, name).Head(count);
        return new FeatureMatrix(table.Rows, [.. table.Columns.Select(column => Enumerable.Range(0, table.Rows).Select(row => (double)(float)column.Number(row)).ToArray())]);
    }

    private static FeatureMatrix Head(FeatureMatrix rows, int count) => new(count, [.. rows.Columns.Select(column => column[..count])]);

    private static Table Read(string folder, string name)
    {
        using FileStream stream = File.OpenRead(Path.Combine(folder, name));
        return CsvTable.Read(stream, default);
    }

    private static double[] Equal(FeatureMatrix rows) => [.. Enumerable.Repeat(1.0 / rows.Rows, rows.Rows)];

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
