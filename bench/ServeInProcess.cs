using System.Diagnostics;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Serving;
using Governance.Registry.Serving;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Bench;

/// <summary>Rows a second of a served model in process: batch 1 and batch 64, bare runtime, our predictor, and the batcher with many callers.</summary>
internal static class ServeInProcess
{
    private static readonly TimeSpan Pass = TimeSpan.FromSeconds(1.5);

    /// <summary>Measures one model of the reference folder.</summary>
    public static async Task<int> RunAsync(string name)
    {
        if (Folders.Reference is not string reference)
        {
            Console.Error.WriteLine("The reference folder is missing: set GOVERNANCE_REFERENCE.");
            return 2;
        }

        string folder = Path.Combine(reference, "data", "models", name);
        byte[] file = File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        RowEncoder encoder = new(predictor.Signature, ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))));
        using FileStream rows = File.OpenRead(Path.Combine(folder, "reference.csv"));
        InputBatch all = encoder.Encode(CsvTable.Read(rows, default).Keep(encoder.Columns));
        long started = Stopwatch.GetTimestamp();
        BatchForm form = BatchProof.Find(batch => predictor.PredictAtOnce(batch, default), all, TimeSpan.FromSeconds(10), TimeProvider.System, default);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: sizes that leave the bytes as they are: {string.Join(" ", form.Sizes)} (a row alone is run as {form.Least}); tried in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms"));
        ResultTable table = new("what", "batch 1, rows/s", "batch 64, rows/s", "ratio");
        using InferenceSession bare = Bare(file);
        await AddAsync(table, "bare ONNX Runtime, one thread", size => Task.FromResult(Rate(size, Loop(bare, all, size))));
        await AddAsync(table, "predictor, one thread", size => Task.FromResult(Rate(size, () => predictor.PredictAtOnce(all.Slice(0, size), default))));
        await AddAsync(table, "batcher, 64 callers, all cores", size => BatchedAsync(predictor, form, all, size));
        return 0;
    }

    private static async Task AddAsync(ResultTable table, string what, Func<int, Task<double>> rate)
    {
        (double one, double many) = (await rate(1), await rate(64));
        table.Row(what, Whole(one), Whole(many), Ratio(many / one));
    }

    private static async Task<double> BatchedAsync(OnnxPredictor predictor, BatchForm form, InputBatch all, int batch)
    {
        using RunTurns turns = new();
        using ServingInstruments instruments = new();
        RowBatcher batcher = new(
            predictor.PredictAtOnce, form, ServingSettings.Default with { BatchRows = batch }, turns, new ServingDoor(),
            new ServingMeter("bench", 1, instruments, TimeProvider.System), TimeProvider.System);
        long done = 0;
        long started = Stopwatch.GetTimestamp();
        Task[] callers = [.. Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            Guid principal = Guid.CreateVersion7();
            for (int at = caller; Stopwatch.GetElapsedTime(started) < Pass; at++)
            {
                await batcher.RunAsync(all, at % all.Rows, null, principal, default);
                Interlocked.Increment(ref done);
            }
        }))];
        await Task.WhenAll(callers);
        return done / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Rate(int rows, Action run)
    {
        double best = 0;
        for (int pass = 0; pass < 3; pass++)
        {
            long started = Stopwatch.GetTimestamp();
            long done = 0;
            for (; Stopwatch.GetElapsedTime(started) < Pass / 3; done += rows)
            {
                run();
            }

            best = Math.Max(best, done / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }

    private static InferenceSession Bare(byte[] file)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return new InferenceSession(file, options);
    }

    private static Action Loop(InferenceSession session, InputBatch all, int size)
    {
        InputBatch batch = all.Slice(0, size);
        return () =>
        {
            List<OrtValue> values = [.. batch.Tensors.Select(tensor => OrtTensors.Make(tensor, 0, size, false))];
            using RunOptions run = new();
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, session.InputNames, values, session.OutputNames);
            values.ForEach(value => value.Dispose());
        };
    }

    private static string Whole(double rate) => rate.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ratio(double ratio) => ratio.ToString("0.0", CultureInfo.InvariantCulture);
}
