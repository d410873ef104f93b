using System.Globalization;
using System.Runtime.InteropServices;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Inference;
using Governance.Audit.Runs;

namespace Governance.Bench.Gpu;

/// <summary>Check and timings of a device against the same machine's CPU; without one, of the CPU against itself by the way that a device takes.</summary>
internal static class DeviceBench
{
    /// <summary>Runs.</summary>
    /// <param name="words">"--small" for sizes that a laptop finishes, "--cpu" to leave a device out, "--models FOLDER" for digits_cnn and digits_transformer.</param>
    public static int Run(string[] words)
    {
        bool small = words.Contains("--small");
        int at = Array.IndexOf(words, "--models");
        string? folder = at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
        string? missing = words.Contains("--cpu") ? "left out by --cpu." : ExecutionProviders.Missing();
        string other = missing is null ? "cuda" : "cpu";
        Head(words, missing);
        List<(string What, string Case, double Cpu, double Other, double Difference, string Note)> rows = [];
        foreach (DeviceCase one in Cases(small, folder))
        {
            Console.Error.WriteLine($"{one.Name} …");
            (double perSecond, double[] values) = one.Infer("cpu");
            (double otherPerSecond, double[] theirs) = one.Infer(other);
            rows.Add(("batch inference, rows/s", one.Name, perSecond, otherPerSecond, Difference(values, theirs), $"{one.InferRows:N0} rows"));
            foreach (string method in (string[])[ExplanationMethods.Kernel, ExplanationMethods.IntegratedGradients])
            {
                (double seconds, double[] own, Transport moved) = one.Explain("cpu", method, FusionMode.Off);
                (double otherSeconds, double[] found, Transport otherMoved) = one.Explain(other, method, FusionMode.On);
                string note = method == ExplanationMethods.Kernel ? $"{one.Samples:N0} coalitions × {one.BackgroundRows:N0} background rows; " : "";
                rows.Add((
                    $"{method}, explanations/s", one.Name, 1 / seconds, 1 / otherSeconds, Difference(own, found),
                    $"{note}{moved.BytesPerExplanation:N0} bytes moved ({moved.Path}), {otherMoved.BytesPerExplanation:N0} ({otherMoved.Path})"));
            }
        }

        Console.WriteLine($"| what | case | CPU | {(missing is null ? "device" : "CPU, fused")} | times | largest difference | |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---|");
        foreach ((string what, string name, double cpu, double second, double difference, string note) in rows)
        {
            Console.WriteLine($"| {what} | {name} | {Number(cpu)} | {Number(second)} | {Number(second / cpu)} | {difference.ToString("0.0e+0", CultureInfo.InvariantCulture)} | {note} |");
        }

        return rows.Any(row => !(row.Difference <= DeviceProof.Tolerance)) ? 1 : 0;
    }

    private static void Head(string[] words, string? missing)
    {
        Console.WriteLine($"`bench gpu {string.Join(' ', words)}`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}");
        Console.WriteLine($"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, ONNX Runtime {Engine.OnnxRuntime}");
        Console.WriteLine(missing is null
            ? $"Device: {Device()}"
            : $"Device: not measured, because {missing} In its place the CPU runs the graphs that a device would run: that checks the way and says nothing about a device.");
        Console.WriteLine("All cores on the CPU. Medians of three runs after one; of a run of over 20 seconds, that one. Differences are over the largest value.");
        Console.WriteLine();
    }

    private static IEnumerable<DeviceCase> Cases(bool small, string? folder)
    {
        foreach (string name in (string[])["digits_cnn", "digits_transformer"])
        {
            string file = Path.Combine(folder ?? Path.Combine(AppContext.BaseDirectory, "models"), name, "model.onnx");
            if (File.Exists(file))
            {
                yield return new DeviceCase(name, File.ReadAllBytes(file), 16, small ? 128 : 2048, small ? 10 : 100, small ? 2_000 : 200_000, small ? 64 : 512);
            }
            else
            {
                Console.WriteLine($"{name} is not here ({file}) and left out.\n");
            }
        }

        int width = small ? 128 : 1024;
        yield return new DeviceCase($"MLP {width}-{width}", RandomNetworks.Perceptron(width), 32, small ? 128 : 2048, small ? 10 : 100, small ? 2_000 : 100_000, small ? 64 : 512);
        yield return small
            ? new DeviceCase("residual CNN 3×32×32", RandomNetworks.Residual(32, 8, 2), 16, 64, 1, 200, 32)
            : new DeviceCase("residual CNN 3×224×224", RandomNetworks.Residual(224, 64, 4), 49, 512, 1, 512, 64);
    }

    private static double Difference(double[] own, double[] theirs)
    {
        double largest = own.Max(Math.Abs);
        return own.Zip(theirs).Max(pair => Math.Abs(pair.First - pair.Second)) / largest;
    }

    private static string Device()
    {
        using OnnxPredictor probe = OnnxPredictor.Load(RandomNetworks.Perceptron(4), new PredictorOptions { Provider = "cuda" }, default);
        return probe.Provider;
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor"
        : "unknown processor";

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : value >= 1 ? "0.0" : "0.000", CultureInfo.InvariantCulture);
}
