using System.Globalization;
using System.Text;
using Governance.Audit.Explanations;

namespace Governance.Bench;

/// <summary>Writes the data sets of the bench "desk" as CSV: always the same rows for the same number.</summary>
internal static class DeskRows
{
    private const int Neighbours = 10;
    private const int Features = 12;
    private const double Alike = 0.05; // how far x1 is from x0: the two correlate at about 0.98
    private static readonly float[] Weights = [0.8f, 0.4f, -0.7f, 0.5f, 0.3f, -0.2f, 0.1f, 0.6f, -0.4f, 0.05f, 0, 0.02f];

    /// <summary>The regression model that <see cref="Values"/> belongs to: a weighted sum of twelve features.</summary>
    public static byte[] ValueModel { get; } = LargeAuditData.Model(Weights, chance: false);

    /// <summary>How its features are read and what it says.</summary>
    public static byte[] ValueEncoding { get; } = Encoding.UTF8.GetBytes(
        $$"""{"inputs":[{"name":"x","features":[{{string.Join(',', Enumerable.Range(0, Features).Select(Feature))}} ] } ],"outputs":[{"name":"value","role":"value"}],"label":{"column":"y"} }""");

    /// <summary>
    /// Mortgage applications like the committed ones: each committed row in turn, about half of its numbers taken from one of its ten
    /// nearest rows of the same outcome, and continuous ones moved by up to a hundredth, so that they have as many values as rows.
    /// </summary>
    /// <param name="count">How many rows.</param>
    public static byte[] Mortgages(int count)
    {
        string[][] lines = [.. new[] { "validation", "test", "train" }.SelectMany(part =>
            File.ReadLines(Path.Combine(Folders.Samples, "hmda", $"{part}.csv")).Skip(1)).Select(line => line.Split(','))];
        int[] numbers = [.. Enumerable.Range(0, lines[0].Length).Where(column => lines.All(line => double.TryParse(line[column], CultureInfo.InvariantCulture, out _)))];
        bool[] whole = [.. numbers.Select(column => lines.All(line => Number(line[column]) == Math.Round(Number(line[column]))))];
        int[][] near = [.. lines.Select(line => Nearest(line, lines, numbers))];
        SeededRandom random = new(7, 61);
        StringBuilder csv = new(File.ReadLines(Path.Combine(Folders.Samples, "hmda", "test.csv")).First() + "\n");
        for (int row = 0; row < count; row++)
        {
            int place = row % lines.Length;
            string[] cells = [.. lines[place]];
            for (int i = 0; i < numbers.Length; i++)
            {
                int column = numbers[i];
                cells[column] = random.NextBelow(2) == 0 ? cells[column] : lines[near[place][random.NextBelow(Neighbours)]][column];
                cells[column] = whole[i] ? cells[column] : Text(Number(cells[column]) * (1 + (0.01 * ((2 * random.NextDouble()) - 1))));
            }

            csv.AppendJoin(',', cells).Append('\n');
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>Rows of a regression: twelve features in [−1, 1] of which two say much the same, and noise that grows with a third.</summary>
    /// <param name="count">How many rows.</param>
    public static byte[] Values(int count)
    {
        SeededRandom random = new(7, 62);
        StringBuilder csv = new(string.Concat(Enumerable.Range(0, Features).Select(i => $"x{i},")) + "group,y\n");
        double[] x = new double[Features];
        for (int row = 0; row < count; row++)
        {
            double sum = 0;
            for (int i = 0; i < Features; i++)
            {
                x[i] = i == 1 ? x[0] + (Alike * Normal(ref random)) : (2 * random.NextDouble()) - 1;
                sum += Weights[i] * x[i];
            }

            int group = random.NextBelow(3);
            double noise = (0.1 + (0.2 * (x[4] + 1))) * Normal(ref random);
            csv.AppendJoin(',', x.Select(Text)).Append(CultureInfo.InvariantCulture, $",g{group},{Text(sum + (0.1 * group) + noise)}\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static int[] Nearest(string[] line, string[][] lines, int[] numbers)
    {
        double[] far = [.. lines.Select(other => other == line || other[0] != line[0] ? double.PositiveInfinity
            : line.Where((cell, column) => !numbers.Contains(column) && cell != other[column]).Count() + numbers.Sum(column => Math.Abs(Number(line[column]) - Number(other[column]))))];
        int[] order = [.. Enumerable.Range(0, lines.Length)];
        Array.Sort(far, order);
        return order[..Neighbours];
    }

    private static string Feature(int i) => $$"""{"name":"x{{i}}","column":"x{{i}}","kind":"numeric","missing":"error"}""";

    // Box and Muller.
    private static double Normal(ref SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
