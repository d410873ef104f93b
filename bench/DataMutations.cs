using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Tests.Data;

namespace Governance.Bench;

/// <summary>Nearly right data files by grammar: each is read, or refused by the one type, in under 2 s and 256 MB.</summary>
internal static class DataMutations
{
    private const double MostSeconds = 2;
    private const double MostMegabytes = 256;

    /// <summary>Runs and prints what was found.</summary>
    /// <param name="count">How many files.</param>
    /// <param name="seed">Of the files.</param>
    /// <returns>0, or 1 where a file broke a rule.</returns>
    public static int Run(int count, int seed)
    {
        Random random = new(seed);
        int read = 0, refused = 0, broken = 0;
        double slowest = 0, largest = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] file = TableGrammar.Next(random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            string? fault = null;
            try
            {
                TableWarnings.Of(TableFile.Read(new MemoryStream(file), CancellationToken.None));
                read++;
            }
            catch (InputException)
            {
                refused++;
            }
            catch (Exception other) // what this run is to find
            {
                fault = other.ToString();
            }

            double seconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            double megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1e6;
            (slowest, largest) = (Math.Max(slowest, seconds), Math.Max(largest, megabytes));
            if (fault is not null || seconds > MostSeconds || megabytes > MostMegabytes)
            {
                broken++;
                string kept = Path.Combine(Path.GetTempPath(), $"governance-data-{seed}-{i}.bin");
                File.WriteAllBytes(kept, file);
                Console.WriteLine($"file {i} of seed {seed}, kept as {kept}: {Number(seconds)} s, {Number(megabytes)} MB. {fault}");
            }
        }

        Console.WriteLine($"{count:N0} files of seed {seed}: {read:N0} read, {refused:N0} refused, {broken:N0} broke a rule; at most {Number(slowest)} CPU s and {Number(largest)} MB allocated a file.");
        return broken == 0 ? 0 : 1;
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
