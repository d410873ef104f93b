using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Ensembles;
using Governance.Audit.Inference;

namespace Governance.Audit.Variants.Distillation;

/// <summary>The model that a student learns from: what it says of rows, in the columns of its own graph.</summary>
internal sealed class Teacher : IDisposable
{
    private readonly OnnxPredictor predictor;
    private readonly string? scores;
    private readonly string? label;

    private Teacher(OnnxPredictor predictor, MemberReading reading, ModelEncoding? encoding)
    {
        this.predictor = predictor;
        Reading = reading;
        Rule = new DecisionRule(predictor.Signature, encoding);
        scores = Rule.ScoreOutput;
        label = predictor.Signature.Outputs.FirstOrDefault(output =>
            (encoding?.Outputs.FirstOrDefault(known => known.Name == output.Name)?.Role ?? output.Role) == OutputRole.Label)?.Name;
    }

    /// <summary>What it gives, and where.</summary>
    public MemberReading Reading { get; }

    /// <summary>How its outputs become decisions.</summary>
    public DecisionRule Rule { get; }

    /// <summary>What it takes and gives.</summary>
    public ModelSignature Signature => predictor.Signature;

    /// <summary>The model, loaded.</summary>
    public OnnxPredictor Predictor => predictor;

    /// <summary>The name of its output with scores or values; null where it gives labels alone.</summary>
    public string? ScoreOutput => scores;

    /// <summary>The name of its output with labels; null where it gives none.</summary>
    public string? LabelOutput => label;

    /// <summary>Its classes in column order, as a student names them; empty for a value. Set by the first answers.</summary>
    public IReadOnlyList<string> Classes { get; private set; } = [];

    /// <summary>Dimensions of a row of its score output. Set by the first answers.</summary>
    public IReadOnlyList<int> ScoreShape { get; private set; } = [];

    /// <summary>Loads a model.</summary>
    /// <exception cref="InputException">A student cannot learn from it; the sentence says why.</exception>
    public static Teacher Of(byte[] file, ModelEncoding? encoding, CancellationToken cancellationToken)
    {
        OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, cancellationToken);
        try
        {
            if (StudentFeatures.Misfit(predictor.Signature) is string misfit)
            {
                throw new InputException(misfit);
            }

            return new Teacher(predictor, MemberReading.Of(new EnsembleMember("parent", file, predictor, encoding), cancellationToken), encoding);
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    /// <summary>What it says of rows.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Shape [rows][classes]: shares in column order, a label alone as certain; or [rows][1]: values.</returns>
    /// <exception cref="InputException">Its numbers are no shares, or it says the same class of every row.</exception>
    public double[][] Answer(InputBatch batch, CancellationToken cancellationToken)
    {
        Prediction prediction = predictor.Predict(batch, cancellationToken);
        if (scores is null)
        {
            return Certain(prediction[label!]);
        }

        OutputValues output = prediction[scores];
        ScoreShape = output.RowShape;
        if (Reading.IsRegression)
        {
            return [.. output.Numbers!.Select(value => (double[])[value])];
        }

        int width = Math.Max(2, output.Width);
        Classes = Columns(width);
        double[] shares = ClassProbabilities.Of(output, Reading.Role, output.Classes is { } own && own.Count == width ? own : Classes);
        double[][] rows = [.. Enumerable.Range(0, batch.Rows).Select(row => shares[(row * width)..((row + 1) * width)])];
        return rows.All(IsShare)
            ? [.. rows.Select(Whole)]
            : throw new InputException($"The output '{scores}' gives scores that are no probabilities: a student cannot learn from them.");
    }

    /// <summary>The second column's share from which on its own label says the second class; 0.5 where nothing says otherwise.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="answers">What it says of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public double Cut(InputBatch batch, double[][] answers, CancellationToken cancellationToken)
    {
        if (scores is null || label is null || Classes.Count != 2)
        {
            return 0.5;
        }

        string second = Reading.Labels(Classes)[1];
        OutputValues said = predictor.Predict(batch, label, cancellationToken);
        string[] texts = said.Texts ?? [.. said.Numbers!.Select(number => number.ToString("R"))];
        double below = 0, above = 1;
        for (int row = 0; row < answers.Length; row++)
        {
            (below, above) = texts[row] == second ? (below, Math.Min(above, answers[row][1])) : (Math.Max(below, answers[row][1]), above);
        }

        return below <= 0.5 && above >= 0.5 ? 0.5 : (below + above) / 2;
    }

    public void Dispose() => predictor.Dispose();

    // A graph that names its columns otherwise than the encoding is matched by name where the names agree, else by place.
    private IReadOnlyList<string> Columns(int width)
    {
        IReadOnlyList<string>? named = Signature.Outputs.First(output => output.Name == scores).Classes;
        IReadOnlyList<string> readable = Rule.Classes is { } known && known.Count == width ? known : [.. Enumerable.Range(0, width).Select(i => i.ToString())];
        return named is not null && ClassOrder.Between(named, readable) is not null ? named : readable;
    }

    private double[][] Certain(OutputValues output)
    {
        string[] texts = output.Texts ?? [.. output.Numbers!.Select(number => number.ToString("R"))];
        if (Classes.Count == 0)
        {
            Classes = [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (Classes.Count < 2)
            {
                throw new InputException($"The model says '{texts[0]}' of every row, so that there is nothing to learn from it.");
            }
        }

        List<string> places = [.. Classes];
        return [.. texts.Select(text =>
        {
            double[] shares = new double[places.Count];
            shares[Math.Max(0, places.IndexOf(text))] = 1;
            return shares;
        })];
    }

    // Rounding in 32 bits may leave a share a little below 0 and a sum a little off 1.
    private static double[] Whole(double[] answer)
    {
        double sum = answer.Sum(share => Math.Max(0, share));
        return [.. answer.Select(share => Math.Max(0, share) / sum)];
    }

    private static bool IsShare(double[] answer) => answer.All(share => share is >= -1e-4 and <= 1.0001) && Math.Abs(answer.Sum() - 1) < 1e-3;
}
