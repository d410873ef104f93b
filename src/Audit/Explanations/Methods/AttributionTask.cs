using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.Methods;

/// <summary>All that a method may look at: the request, and what is made from it once for all methods and rows.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class AttributionTask : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<Type, object> made = [];
    private double[]? backgroundScores;
    private double[]? baseValue;
    private ModelPace? pace;
    private ChosenTransport? transport;
    private GradientTransport? gradients;
    private long pilotRows;

    /// <summary>Prepares a task.</summary>
    /// <param name="request">What and how.</param>
    /// <param name="time">The clock of calibrations.</param>
    /// <exception cref="ArgumentException">Rows, background and players do not fit each other.</exception>
    public AttributionTask(ExplainRequest request, TimeProvider time)
    {
        Request = request;
        Time = time;
        Model = new CountedModel(request.Model);
        Background = new MaskedBackground(
            request.Background, request.BackgroundWeights, request.Players,
            request.Graph is null ? null : TreeCuts.Of(request.Graph, request.Background));
    }

    /// <summary>What and how.</summary>
    public ExplainRequest Request { get; }

    /// <summary>The clock of calibrations; no result may depend on it.</summary>
    public TimeProvider Time { get; }

    /// <summary>The model, counted: every row that a method scores goes through it.</summary>
    public CountedModel Model { get; }

    /// <summary>The reference rows with normalised weights, players and their agreement codes.</summary>
    public MaskedBackground Background { get; }

    /// <summary>The players, in the order of every value array.</summary>
    public IReadOnlyList<Player> Players => Request.Players;

    /// <summary>The rows to explain, encoded.</summary>
    public InputBatch Rows => Request.Rows;

    /// <summary>The model file for methods that read it; null where only its outputs are known.</summary>
    public ModelGraph? Graph => Request.Graph;

    /// <summary>A row's index in the data, which seeds its random stream.</summary>
    /// <param name="row">Its place among <see cref="Rows"/>.</param>
    public int RowIndex(int row) => Request.RowIndices?[row] ?? row;

    /// <summary>The weighted mean output over the background, computed by the model on the first call.</summary>
    /// <returns>Shape [outputs], in the units of the link. Not to be changed.</returns>
    public double[] BaseValue(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return baseValue ??= Background.Mean(BackgroundScores(cancellationToken), Request.Outputs);
        }
    }

    /// <summary>The model's output for each background row, computed on the first call.</summary>
    /// <returns>Shape [background rows, outputs], in the units of the link. Not to be changed.</returns>
    public double[] BackgroundScores(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            double[] Score() => Background.Scores(Model, Request.Outputs, Request.Threads, cancellationToken);
            return backgroundScores ??= Request.Shared?.Scores(Request.Background, Score) ?? Score();
        }
    }

    /// <summary>The model's output for a row, scored alone so that the rows around it change nothing.</summary>
    /// <param name="row">Its place among <see cref="Rows"/>.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Shape [outputs], in the units of the link.</returns>
    public double[] Prediction(int row, CancellationToken cancellationToken)
    {
        InputBatch own = Rows.Slice(row, 1);
        return Model.Score(1, Request.Outputs, Background.Masker.RowBytes, (_, _) => own, 1, cancellationToken);
    }

    /// <summary>The game of a row: coalitions in, values out; scores the row itself.</summary>
    /// <param name="row">Its place among <see cref="Rows"/>.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public MaskedGame Game(int row, CancellationToken cancellationToken) => Game(row, Model, cancellationToken);

    /// <summary>The game of a row whose model rows are counted elsewhere.</summary>
    internal MaskedGame Game(int row, CountedModel model, CancellationToken cancellationToken) =>
        new(Background, Rows.Slice(row, 1), model, BaseValue(cancellationToken), cancellationToken) { Fused = Transport(cancellationToken).Fused };

    /// <summary>How coalitions come to the model; chosen on the first call.</summary>
    internal ChosenTransport Transport(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return transport ??= ChosenTransport.Of(this, cancellationToken);
        }
    }

    /// <summary>Notes how the points of a gradient method come to the model.</summary>
    internal void Took(GradientTransport chosen)
    {
        lock (gate)
        {
            gradients = chosen;
        }
    }

    /// <summary>What passed between this process and the model's session so far.</summary>
    internal Transport Moved()
    {
        lock (gate)
        {
            long once = transport?.Fused?.BackgroundBytes ?? gradients?.Fused?.StartBytes ?? 0;
            bool fused = transport?.Fused is not null || gradients?.Fused is not null;
            return Fusion.Transport.Of(fused ? "fused" : "rows", transport?.Reason ?? gradients?.Reason, Model.Bytes + once, Rows.Rows);
        }
    }

    /// <summary>Whether fusion was wanted and could not be had, in the words of <see cref="Moved"/>.</summary>
    internal bool FusionRefused => transport is { Refused: true } || gradients is { Refused: true };

    /// <inheritdoc/>
    public void Dispose() => transport?.Dispose();

    /// <summary>How fast masked rows are made and scored here, from a short calibration on the first call.</summary>
    public ModelPace Pace(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return pace ??= ModelPace.Measure(this, cancellationToken);
        }
    }

    /// <summary>Counts rows that a method's own pilot sent to the model before the run.</summary>
    public void Calibrated(long rows) => Interlocked.Add(ref pilotRows, rows);

    /// <summary>Rows that <see cref="Pace"/> and pilots sent to the model; 0 where nothing was calibrated.</summary>
    public long CalibrationRows
    {
        get
        {
            lock (gate)
            {
                return (pace?.Rows ?? 0) + Interlocked.Read(ref pilotRows);
            }
        }
    }

    /// <summary>Something a method finds out once a task and needs again, such as an ensemble read from the graph.</summary>
    /// <typeparam name="T">A type that no other method stores.</typeparam>
    /// <param name="make">Makes it on the first call.</param>
    public T Once<T>(Func<T> make)
        where T : class
    {
        lock (gate)
        {
            if (!made.TryGetValue(typeof(T), out object? value))
            {
                made[typeof(T)] = value = make();
            }

            return (T)value;
        }
    }
}
