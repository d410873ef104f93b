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
        await BatchedAsync(predictor, form, all, 64, 64, 1); // compiles what is measured
        ResultTable table = new("what", "batch 1, rows/s", "batch 64, rows/s", "ratio", "batch 1, CPU µs/row", "batch 64, CPU µs/row", "ratio", "rows a run");
        using InferenceSession bare = Bare(file);
        await AddAsync(table, "bare ONNX Runtime, one thread", size => Task.FromResult(Rate(size, Loop(bare, all, size))));
        await AddAsync(table, "bare, sizes as served", size => Task.FromResult(Rate(size, Loop(bare, all, form.SizeFor(size)))));
        await AddAsync(table, "predictor, one thread", size => Task.FromResult(Rate(size, Predicting(predictor, form, all, size))));
        await AddAsync(table, "batcher, one caller with so many rows at a time", size => BatchedAsync(predictor, form, all, 64, 1, size));
        await AddAsync(table, "batcher, 64 callers with one row each, runs of so many", size => BatchedAsync(predictor, form, all, size, 64, 1));
        return 0;
    }

    private static async Task AddAsync(ResultTable table, string what, Func<int, Task<Speed>> measure)
    {
        (Speed one, Speed many) = (await measure(1), await measure(64));
        table.Row(
            what, Whole(one.Rows), Whole(many.Rows), Decimal(many.Rows / one.Rows), Decimal(one.Micros), Decimal(many.Micros), Decimal(one.Micros / many.Micros),
            Decimal(many.Together));
    }

    private static async Task<Speed> BatchedAsync(OnnxPredictor predictor, BatchForm form, InputBatch all, int batch, int callers, int rows)
    {
        using RunTurns turns = new();
        using ServingInstruments instruments = new();
        ServingMeter meter = new("bench", 1, instruments, TimeProvider.System);
        RowBatcher batcher = new(
            predictor.PredictAtOnce, form, ServingSettings.Default with { BatchRows = batch }, turns, new ServingDoor(), meter, TimeProvider.System);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        long done = await AskAsync(batcher, all, callers, rows);
        return Speed.Of(done, started, cpu) with { Together = meter.Batches.Mean };
    }

    // As the answers' road asks: room first, then each row.
    private static async Task<long> AskAsync(RowBatcher batcher, InputBatch all, int callers, int rows)
    {
        long started = Stopwatch.GetTimestamp();
        long[] done = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            Guid principal = Guid.CreateVersion7();
            long answered = 0;
            for (int at = caller; Stopwatch.GetElapsedTime(started) < Pass; at += rows, answered += rows)
            {
                using BatchSeats? seats = batcher.Reserve(rows);
                await Task.WhenAll(Enumerable.Range(at, rows).Select(row => batcher.RunAsync(all, row % all.Rows, seats, principal, default)));
            }

            return answered;
        })));
        return done.Sum();
    }

    private static Speed Rate(int rows, Action run)
    {
        Speed best = default;
        for (int pass = 0; pass < 4; pass++)
        {
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            long done = 0;
            for (; Stopwatch.GetElapsedTime(started) < Pass / 3; done += rows)
            {
                run();
            }

            Speed speed = Speed.Of(done, started, cpu);
            best = speed.Rows > best.Rows ? speed with { Together = rows } : best;
        }

        return best;
    }

    // A row alone is run as the form says, as it is served.
    private static Action Predicting(OnnxPredictor predictor, BatchForm form, InputBatch all, int size)
    {
        (InputBatch, int)[] rows = [.. Enumerable.Range(0, size).Select(row => (all, row))];
        return () => predictor.PredictAtOnce(InputBatch.Gather(rows, form.SizeFor(size)), default);
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

    private static string Decimal(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);

    // Rows a second by the clock; processor time of the process by the row, which other work on the machine hardly changes.
    private readonly record struct Speed(double Rows, double Micros, double Together)
    {
        public static Speed Of(long rows, long started, TimeSpan cpu) => new(
            rows / Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / rows, 0);
    }
}
