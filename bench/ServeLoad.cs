using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Serving;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Bench;

/// <summary>Many concurrent clients against <c>governance serve</c> in a process of its own, by the Open Inference Protocol.</summary>
/// <remarks>
/// Three servers one after another on the same data: every row by itself, rows in batches, and answers remembered; the last also with
/// clients that pause, as one machine that runs both sides at its limit measures who waits for a core. Each client is a
/// program with a token and a budget of its own and sends one row at a time as a binary tensor over a connection that it keeps. Rows
/// are reference rows with a few pixels moved, so that none is a repeat but those of the last server, which are.
/// </remarks>
internal static class ServeLoad
{
    /// <summary>Measures.</summary>
    /// <param name="seconds">Of each server.</param>
    /// <param name="clients">At once.</param>
    /// <param name="name">A model of digits of the reference folder.</param>
    /// <returns>1 where a request failed or batches were slower.</returns>
    public static async Task<int> RunAsync(int seconds, int clients, string name)
    {
        string program = Path.Combine(Folders.Samples, "..", "src", "Portal", "bin", "Release", "net10.0", "governance.dll");
        if (Folders.Reference is not string reference || !File.Exists(program))
        {
            Console.Error.WriteLine("Build the portal first (dotnet build -c Release src/Portal), and have the reference folder (GOVERNANCE_REFERENCE).");
            return 2;
        }

        string models = Path.Combine(reference, "data", "models", name);
        byte[] file = await File.ReadAllBytesAsync(Path.Combine(models, "model.onnx"));
        byte[] encoding = await File.ReadAllBytesAsync(Path.Combine(models, "manifest.json"));
        float[][] rows = Rows(file, encoding, Path.Combine(models, "reference.csv"), out string input, out int[] shape);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bare ONNX Runtime in a loop, one thread, batch 1: {Bare(file, rows, input, shape)}"));
        string folder = Directory.CreateTempSubdirectory("governance-serve-").FullName;
        try
        {
            IReadOnlyList<string> tokens = await ServeData.MakeAsync(folder, file, encoding, clients);
            ResultTable table = new("server", "requests", "errors", "rows/s", "client P50, ms", "P95", "P99", "server P50", "P95", "P99", "admit", "compute (queue, run)", "release", "rows a run", "server CPU");
            List<double> rates = [];
            long errors = 0;
            foreach ((string what, int batch, bool remembers, double pause) in ((string, int, bool, double)[])
                [("unbatched", 1, false, 0), ("batched", 64, false, 0), ("remembered", 64, true, 0), ("remembered, each client once a second", 64, true, 1)])
            {
                await ServeData.ChooseAsync(folder, batch, remembers);
                await using ServedProgram server = await ServedProgram.StartAsync(program, folder);
                Load load = new(server.Address, tokens, rows, input, shape, remembers, TimeSpan.FromSeconds(pause));
                await load.RunAsync(TimeSpan.FromSeconds(Math.Min(5, seconds))); // warms up, and finds the rows that are remembered
                load.Reset();
                using JsonDocument before = await MeasuredAsync(server.Address, tokens[^1]);
                TimeSpan cpu = server.ProcessorTime;
                await load.RunAsync(TimeSpan.FromSeconds(seconds));
                using JsonDocument after = await MeasuredAsync(server.Address, tokens[^1]);
                rates.Add(load.Times.Count / (double)seconds);
                errors += load.Errors;
                Write(table, what, load, rates[^1], after.RootElement.GetProperty("versions")[0], before.RootElement.GetProperty("versions")[0], remembers, (server.ProcessorTime - cpu).TotalSeconds / seconds);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"batched / unbatched: {rates[1] / rates[0]:0.00}"));
            return errors == 0 && rates[1] >= rates[0] ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(ResultTable table, string what, Load load, double rate, JsonElement after, JsonElement before, bool remembers, double cores)
    {
        double Of(string stage) => after.GetProperty("stages").GetProperty(stage).GetProperty("sumMilliseconds").GetDouble()
            - before.GetProperty("stages").GetProperty(stage).GetProperty("sumMilliseconds").GetDouble();
        double all = Of("admit") + Of("compute") + Of("release");
        JsonElement server = after.GetProperty(remembers ? "remembered" : "total");
        string Percent(string stage) => (Of(stage) / all).ToString("P0", CultureInfo.InvariantCulture);
        table.Row(
            what, load.Times.Count.ToString("N0", CultureInfo.InvariantCulture), $"{load.Errors}", rate.ToString("N0", CultureInfo.InvariantCulture),
            Time(load.Times.Quantile(0.5) / 1_000), Time(load.Times.Quantile(0.95) / 1_000), Time(load.Times.Quantile(0.99) / 1_000),
            Time(server.GetProperty("p50").GetDouble()), Time(server.GetProperty("p95").GetDouble()), Time(server.GetProperty("p99").GetDouble()),
            Percent("admit"), $"{Percent("compute")} ({Percent("queue")}, {Percent("run")})", Percent("release"),
            after.GetProperty("batchRowsMean") is { ValueKind: JsonValueKind.Number } mean ? Time(mean.GetDouble()) : "–", $"{Time(cores)} cores");
    }

    private static string Time(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static async Task<JsonDocument> MeasuredAsync(Uri address, string token)
    {
        using HttpClient client = new() { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/serving", UriKind.Relative)));
    }

    private static float[][] Rows(byte[] file, byte[] encoding, string csv, out string input, out int[] shape)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        RowEncoder encoder = new(predictor.Signature, ModelEncoding.Read(encoding));
        using FileStream rows = File.OpenRead(csv);
        InputTensor tensor = encoder.Encode(CsvTable.Read(rows, default).Keep(encoder.Columns)).Tensors[0];
        (input, shape) = (tensor.Name, [.. tensor.RowShape]);
        return [.. Enumerable.Range(0, tensor.Rows).Select(row => ((float[])tensor.Values).AsSpan(row * tensor.Width, tensor.Width).ToArray())];
    }

    private static string Bare(byte[] file, float[][] rows, string input, int[] shape)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using InferenceSession session = new(file, options);
        using RunOptions run = new();
        LatencyHistogram times = new();
        long started = Stopwatch.GetTimestamp();
        for (int at = 0; Stopwatch.GetElapsedTime(started).TotalSeconds < 5; at++)
        {
            long before = Stopwatch.GetTimestamp();
            using OrtValue value = OrtTensors.Make(new InputTensor(input, rows[at % rows.Length], rows[0].Length, shape), 0, 1, false);
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [input], [value], session.OutputNames);
            times.Add(Stopwatch.GetElapsedTime(before));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{times.Count / 5.0:N0} rows/s, P50 {times.Quantile(0.5):0} µs, P95 {times.Quantile(0.95):0} µs, P99 {times.Quantile(0.99):0} µs");
    }

    /// <summary>The clients.</summary>
    private sealed class Load(Uri address, IReadOnlyList<string> tokens, float[][] rows, string input, int[] shape, bool repeats, TimeSpan pause)
    {
        private long errors;

        public LatencyHistogram Times { get; private set; } = new();

        public long Errors => Interlocked.Read(ref errors);

        public void Reset() => (Times, errors) = (new LatencyHistogram(), 0);

        public async Task RunAsync(TimeSpan time)
        {
            using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = 10_000, AllowAutoRedirect = false };
            using HttpClient client = new(handler) { BaseAddress = address };
            long started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, tokens.Count - 1).Select(at => Task.Run(() => AskAsync(client, at, started, time))));
        }

        private async Task AskAsync(HttpClient client, int number, long started, TimeSpan time)
        {
            Random random = new(repeats ? number : HashCode.Combine(number, started));
            AuthenticationHeaderValue token = new("Bearer", tokens[number]);
            byte[] json = Encoding.UTF8.GetBytes($$$"""
                {"inputs":[{"name":"{{{input}}}","shape":[1{{{string.Concat(shape.Select(size => $",{size}"))}}}],"datatype":"FP32","parameters":{"binary_data_size":{{{rows[0].Length * 4}}}}}]}
                """);
            await Task.Delay(pause * random.NextDouble()); // clients that pause do not all begin in the same moment either
            for (int at = 0; Stopwatch.GetElapsedTime(started) < time; at++)
            {
                float[] row = [.. rows[(number + (repeats ? at % 5 : at)) % rows.Length]];
                for (int moved = 0; !repeats && moved < 4; moved++)
                {
                    int place = random.Next(row.Length);
                    row[place] = Math.Clamp(row[place] + random.Next(-2, 3), 0, 16);
                }

                byte[] body = new byte[json.Length + (row.Length * 4)];
                json.CopyTo(body, 0);
                Buffer.BlockCopy(row, 0, body, json.Length, row.Length * 4);
                using HttpRequestMessage request = new(HttpMethod.Post, "/v2/models/served/versions/1/infer") { Content = new ByteArrayContent(body) };
                request.Headers.Authorization = token;
                request.Content.Headers.Add("Inference-Header-Content-Length", json.Length.ToString(CultureInfo.InvariantCulture));
                long before = Stopwatch.GetTimestamp();
                try
                {
                    using HttpResponseMessage response = await client.SendAsync(request);
                    await response.Content.ReadAsByteArrayAsync();
                    if (!response.IsSuccessStatusCode)
                    {
                        Interlocked.Increment(ref errors);
                    }
                }
                catch (HttpRequestException)
                {
                    Interlocked.Increment(ref errors);
                }

                TimeSpan took = Stopwatch.GetElapsedTime(before);
                Times.Add(took);
                if (pause > took)
                {
                    await Task.Delay((pause - took) * (0.5 + random.NextDouble())); // not all in step
                }
            }
        }
    }
}
