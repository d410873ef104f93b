using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Inference;

/// <summary>A model seen as a function from rows to one number for each class, with its calls counted.</summary>
/// <remarks>
/// For the logit link the model is cut before its last sigmoid or softmax where it ends in one. The cut is proved on
/// the first rows scored: their log-odds must give back the model's own probabilities; otherwise, as where there is
/// nothing to cut, the probability is inverted, clamped at 1e-7, and <see cref="Warnings"/> says so.
/// </remarks>
public sealed class ModelScorer : IDisposable
{
    private const int ProofRows = 16;

    private readonly IPredictor predictor;
    private readonly OnnxPredictor? cutPredictor;
    private readonly LogitForm form;
    private readonly ScorerOptions options;
    private readonly OutputRole role;
    private readonly List<AuditWarning> warnings = [];
    private readonly Lock gate = new();
    private bool? cutHolds;
    private int[]? columns;
    private long modelRows;
    private long modelCalls;

    private ModelScorer(IPredictor predictor, OnnxPredictor? cutPredictor, LogitForm form, OutputSpec output, OutputRole role, ScorerOptions options)
    {
        this.predictor = predictor;
        this.cutPredictor = cutPredictor;
        this.form = form;
        this.role = role;
        this.options = options;
        Output = output.Name;
        if (options.Link == ScoreLink.Logit && cutPredictor is null && role is not OutputRole.Logits)
        {
            WarnInverted("the model does not end in a sigmoid or softmax that could be cut off");
        }
    }

    /// <summary>The name of the output.</summary>
    public string Output { get; }

    /// <summary>The scale.</summary>
    public ScoreLink Link => options.Link;

    /// <summary>The model behind, uncut.</summary>
    public IPredictor Predictor => predictor;

    /// <summary>The column looked at, or null for all; known after the first call of <see cref="Score"/>.</summary>
    public int? ClassIndex { get; private set; }

    /// <summary>Numbers a row; known after the first call of <see cref="Score"/>.</summary>
    public int ClassCount { get; private set; }

    /// <summary>
    /// Whether the output is one column of scores and an encoding names two classes: then it is the score of the second, as
    /// decisions read it, at whichever place it was asked for. Known after the first call of <see cref="Score"/>.
    /// </summary>
    public bool IsOfSecondClass { get; private set; }

    /// <summary>The names of the classes looked at, in order, where the graph names them; after the first call.</summary>
    public IReadOnlyList<string>? Classes { get; private set; }

    /// <summary>The graph's column of each number, which is another than its place where an encoding orders the classes; after the first call.</summary>
    public IReadOnlyList<int>? GraphColumns { get; private set; }

    /// <summary>Rows sent to the model so far.</summary>
    public long ModelRows => Interlocked.Read(ref modelRows);

    /// <summary>Calls of the model so far.</summary>
    public long ModelCalls => Interlocked.Read(ref modelCalls);

    /// <summary>What a reader of the scores must know.</summary>
    public IReadOnlyList<AuditWarning> Warnings => warnings;

    /// <summary>Makes a scorer of a model file.</summary>
    /// <param name="predictor">The model, loaded; stays the caller's.</param>
    /// <param name="model">The same model's bytes, for the cut.</param>
    /// <param name="run">How the cut model is run.</param>
    /// <param name="options">Which numbers.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">There is no such output, or the link does not fit it.</exception>
    public static ModelScorer Load(
        OnnxPredictor predictor, byte[] model, PredictorOptions run, ScorerOptions options, CancellationToken cancellationToken)
    {
        (OutputSpec output, OutputRole role) = OutputChoice.Make(predictor.Signature, options);
        LogitCut? cut = options.Link == ScoreLink.Logit && role == OutputRole.Probability ? LogitCut.Find(model, output.Name) : null;
        OnnxPredictor? cutPredictor = cut is null ? null : OnnxPredictor.Load(cut.Model, run, cancellationToken);
        return new ModelScorer(predictor, cutPredictor, cut?.Form ?? default, output, role, options);
    }

    /// <summary>Makes a scorer of anything that predicts, without a cut.</summary>
    /// <exception cref="InputException">There is no such output, or the link does not fit it.</exception>
    public static ModelScorer Of(IPredictor predictor, ScorerOptions options)
    {
        (OutputSpec output, OutputRole role) = OutputChoice.Make(predictor.Signature, options);
        return new ModelScorer(predictor, null, default, output, role, options);
    }

    /// <summary>Scores rows.</summary>
    /// <param name="batch">At least one row.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [rows, <see cref="ClassCount"/>], row-major, in the units of the link.</returns>
    /// <exception cref="InputException">The model refused the rows, gave text, or has no such class.</exception>
    public double[] Score(InputBatch batch, CancellationToken cancellationToken)
    {
        if (cutPredictor is not null && CutHolds(batch, cancellationToken))
        {
            OutputValues values = Predict(cutPredictor, batch, cutPredictor.Signature.Outputs[0].Name, cancellationToken);
            double[] odds = LogOdds.OfCut(values.Numbers!, values.Width, form);
            return Pick(odds, odds.Length / batch.Rows, null);
        }

        OutputValues output = Predict(predictor, batch, Output, cancellationToken);
        double[] numbers = output.Numbers
            ?? throw new InputException($"The output '{Output}' is text; choose a numeric one with --output.");
        double[] scores = options.Link == ScoreLink.Identity ? numbers
            : role == OutputRole.Logits ? LogOdds.OfCut(numbers, output.Width, output.Width == 1 ? LogitForm.Independent : LogitForm.Softmax)
            : LogOdds.OfProbability(numbers);
        return Pick(scores, output.Width, output.Classes);
    }

    /// <inheritdoc />
    public void Dispose() => cutPredictor?.Dispose();

    private OutputValues Predict(IPredictor model, InputBatch batch, string output, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref modelRows, batch.Rows);
        Interlocked.Increment(ref modelCalls);
        return model.Predict(batch, output, cancellationToken);
    }

    // Runtimes treat a classifier's post transform in more than one way (single and double columns, all-positive
    // weights), so the cut is believed only if it gives the model's own probabilities back.
    private bool CutHolds(InputBatch batch, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (cutHolds is not null)
            {
                return cutHolds.Value;
            }

            InputBatch rows = batch.Rows <= ProofRows ? batch : batch.Slice(0, ProofRows);
            OutputValues own = predictor.Predict(rows, cancellationToken)[Output];
            OutputValues values = cutPredictor!.Predict(rows, cancellationToken).Outputs[0];
            double[] odds = LogOdds.OfCut(values.Numbers!, values.Width, form);
            Classes = own.Classes;
            cutHolds = own.Numbers is double[] probabilities && odds.Length == probabilities.Length
                && probabilities.Zip(odds).All(pair => !(Math.Abs(pair.First - (1 / (1 + Math.Exp(-pair.Second)))) > 1e-4));
            if (cutHolds == false)
            {
                WarnInverted("the values before its last operator do not give its probabilities back");
            }

            return cutHolds.Value;
        }
    }

    private double[] Pick(double[] scores, int width, IReadOnlyList<string>? names)
    {
        lock (gate)
        {
            if (ClassCount == 0)
            {
                Settle(width, names ?? Classes);
            }
        }

        return columns is null ? scores : Take(scores, width, columns);
    }

    // The encoding's order of classes where the graph has the same classes in another, as everywhere in the product.
    private void Settle(int width, IReadOnlyList<string>? graph)
    {
        IsOfSecondClass = width == 1 && role != OutputRole.Value && options.Classes?.GetValueOrDefault(Output) is { Count: 2 };
        ClassIndex = options.ClassIndex ?? (options.AllClasses ? null : width switch { 1 => 0, 2 => 1, _ => null });
        if (width == 1 && ClassIndex == 1 && role != OutputRole.Value)
        {
            GraphColumns = [0]; // a single column of scores is that of the second of two classes, as decisions read it
            ClassCount = 1;
            return;
        }

        if (ClassIndex is int index && (index < 0 || index >= width))
        {
            throw new InputException($"The output '{Output}' has no class {index}; it has {width}, counted from 0.");
        }

        IReadOnlyList<string>? all = graph is null || graph.Count != width ? null : graph;
        IReadOnlyList<string>? wanted = options.Classes?.GetValueOrDefault(Output);
        int[] order = all is not null && wanted is not null && ClassOrder.Between(all, wanted) is int[] moved
            ? moved
            : [.. Enumerable.Range(0, width)];
        int[] taken = ClassIndex is int one ? [order[one]] : order;
        GraphColumns = taken;
        columns = taken.Length == width && taken.Select((from, to) => from == to).All(same => same) ? null : taken;
        Classes = all is null ? null : [.. taken.Select(from => all[from])];
        ClassCount = taken.Length;
    }

    private static double[] Take(double[] scores, int width, int[] columns)
    {
        double[] taken = new double[scores.Length / width * columns.Length];
        for (int row = 0, at = 0; row < scores.Length; row += width)
        {
            foreach (int column in columns)
            {
                taken[at++] = scores[row + column];
            }
        }

        return taken;
    }

    private void WarnInverted(string why) => warnings.Add(new AuditWarning(
        "logit-inverted", $"The log-odds are computed from probabilities clamped at {LogOdds.Clamp:0e-0}, because {why}."));
}
