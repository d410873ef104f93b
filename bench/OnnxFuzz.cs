using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Governance.Audit.Data;
using Governance.Audit.Quarantine;
using Governance.Tests;

namespace Governance.Bench;

/// <summary>Throws damaged models at the pre-parser: <c>fuzz-onnx [N [SEED]]</c>, 100,000 by default.</summary>
internal static class OnnxFuzz
{
    private const int MostSeconds = 2;
    private const long MostBytes = 256L << 20;

    /// <summary>Runs it.</summary>
    /// <returns>0 where every mutation was accepted or refused within the limits, else 1.</returns>
    public static int Run(int count, int seed)
    {
        List<byte[]> models = Models();
        ModelMutations damaged = new(models, seed);
        Dictionary<string, int> sentences = new(StringComparer.Ordinal);
        int accepted = 0;
        int faults = 0;
        (double Seconds, int Index) slowest = default;
        (long Bytes, int Index) hungriest = default;
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (int i = 0; i < count; i++)
        {
            byte[] file = damaged[i];
            long before = GC.GetAllocatedBytesForCurrentThread();
            double started = ModelMutations.ProcessorSeconds();
            try
            {
                PreParser.Read(file, ModelLimits.Default);
                accepted++;
            }
            catch (InputException refusal)
            {
                string kind = Kind(refusal.Message);
                sentences[kind] = sentences.GetValueOrDefault(kind) + 1;
            }
            catch (Exception fault) // what the run is looking for
            {
                faults++;
                Console.WriteLine($"FAULT at mutation {i} of seed {seed}: {fault}");
            }

            slowest = Max(slowest, (ModelMutations.ProcessorSeconds() - started, i));
            hungriest = Max(hungriest, (GC.GetAllocatedBytesForCurrentThread() - before, i));
        }

        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} mutations of {models.Count} models, seed {seed}: {accepted:N0} accepted, {sentences.Values.Sum():N0} refused, {faults} faults; {cpu.TotalSeconds:N0} s of processor time with making them"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest, by processor time, {slowest.Seconds:N3} s (mutation {slowest.Index}), most memory allocated {hungriest.Bytes / 1e6:N1} MB (mutation {hungriest.Index}), peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB"));
        foreach ((string kind, int times) in sentences.OrderByDescending(pair => pair.Value).Take(40))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times,8:N0}  {kind}"));
        }

        return faults == 0 && slowest.Seconds < MostSeconds && hungriest.Bytes < MostBytes ? 0 : 1;
    }

    private static T Max<T>(T left, T right)
        where T : struct, IComparable<T> => left.CompareTo(right) >= 0 ? left : right;

    // The sentence without its names and numbers.
    private static string Kind(string sentence)
    {
        string[] quoted = sentence.Split('\'');
        string plain = string.Concat(quoted.Select((part, i) => i % 2 == 0 ? part : "…"));
        return Regex.Replace(plain, "-?[0-9][0-9,]*", "#");
    }

    // The reference models where there are any, else the committed ones; and what the format has beside.
    private static List<byte[]> Models()
    {
        string folder = Folders.Reference is string reference && Directory.Exists(Path.Combine(reference, "data", "models"))
            ? Path.Combine(reference, "data", "models")
            : Path.Combine(Folders.Samples, "models");
        return [.. Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories).Order().Select(File.ReadAllBytes)];
    }
}
