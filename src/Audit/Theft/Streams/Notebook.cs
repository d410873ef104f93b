using System.Runtime.InteropServices;
using Governance.Audit.Training;

namespace Governance.Audit.Theft.Streams;

/// <summary>What a thief has seen so far, and a linear model of it.</summary>
internal sealed class Notebook(int width)
{
    private const int Every = 25;

    private readonly string[] names = [.. Enumerable.Range(0, width).Select(feature => $"f{feature}")];
    private readonly List<float> rows = [];
    private readonly List<double> answers = [];

    /// <summary>Answers so far.</summary>
    public int Count => answers.Count;

    /// <summary>The model of the answers; null before the first fit.</summary>
    public LogisticModel? Model { get; private set; }

    /// <summary>Shape [width]: a row asked before.</summary>
    public ReadOnlySpan<float> Row(int row) => CollectionsMarshal.AsSpan(rows).Slice(row * width, width);

    /// <summary>Notes an answer; every 25 the model is fitted anew.</summary>
    /// <param name="row">Shape [width]; missing values count as 0.</param>
    /// <param name="score">In [0, 1].</param>
    public void Note(ReadOnlySpan<float> row, double score)
    {
        foreach (float value in row)
        {
            rows.Add(float.IsNaN(value) ? 0 : value);
        }

        answers.Add(Math.Clamp(score, 0, 1));
        if (Count % Every == 0)
        {
            Model = FitLogistic.Run(new TrainingRows(names, [.. rows]), [.. answers], penalty: 1e-2);
        }
    }
}
