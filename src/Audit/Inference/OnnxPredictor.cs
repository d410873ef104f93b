using System.Runtime.ExceptionServices;
using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Governance.Audit.Inference;

/// <summary>A model run by ONNX Runtime in this process.</summary>
/// <remarks>
/// Rows are cut into batches of a fixed size: <see cref="PredictorOptions.BatchRows"/>, lowered so that no input or
/// output of a batch passes 2^20 elements, or the batch that the graph demands (the last one is then filled up).
/// Batches run side by side on <see cref="PredictorOptions.Threads"/> threads and are put together in order. A model
/// that cannot take a batch of several rows although it declares so is run row by row.
/// </remarks>
public sealed class OnnxPredictor : IPredictor, IDisposable
{
    private static readonly AuditWarning RowByRow = new(
        "row-by-row", "The model does not give one result a row for several rows at once, so it was run row by row.");

    private readonly OnnxSession session;
    private readonly PredictorOptions options;
    private readonly LimitedRuns runs;
    private readonly OutputSpec[] readable;
    private readonly string[] readNames;
    private readonly int[] all;
    private readonly RunSize runSize;
    private DeviceProof? proof;
    private volatile bool rowByRow;
    private volatile AuditWarning? compared;
    private volatile AuditWarning? mixed;
    private int tried;

    private OnnxPredictor(
        OnnxSession session, ModelProto model, ZipMapBypass? bypass, NarrowInputs? widened, PredictorOptions options)
    {
        this.session = session;
        this.options = options;
        ModelSignature read = SignatureReader.Read(session, model, bypass);
        Signature = widened?.Apply(read) ?? read;
        runs = new LimitedRuns(
            session, [.. Signature.Inputs.Select(input => SignatureReader.IsScalar(session.Input(input.Name), model, input.Name))], options.RunLimit);
        (readNames, readable) = SignatureReader.Readable(session, Signature);
        all = [.. Enumerable.Range(0, readable.Length)];
        runSize = new RunSize(options, session.Provider != "cpu");
    }

    public ModelSignature Signature { get; }

    public string Provider => session.Provider;

    /// <summary>What a reader of the results must know: why "auto" took the CPU, and what the runs so far showed.</summary>
    public IReadOnlyList<AuditWarning> Warnings =>
    [
        .. session.Warning is null ? [] : (AuditWarning[])[session.Warning],
        .. rowByRow ? (AuditWarning[])[RowByRow] : [],
        .. compared is AuditWarning told ? (AuditWarning[])[told] : [],
        .. mixed is AuditWarning beside ? (AuditWarning[])[beside] : [],
    ];

    /// <summary>Loads a model from its bytes; nothing is written to disk.</summary>
    /// <param name="model">The ONNX file; on a device it is kept until the first rows were compared.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">
    /// The bytes are no model in one file, the runtime refuses it, an input cannot be filled from rows, no output can
    /// be read, or the provider cannot be used.
    /// </exception>
    public static OnnxPredictor Load(byte[] model, PredictorOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchRows, 1);
        ModelProto parsed = ModelFile.Parse(model);
        NarrowInputs? widened = NarrowInputs.Find(parsed);
        parsed = widened?.Model ?? parsed;
        ZipMapBypass? bypass = ZipMapBypass.Find(parsed);
        OnnxSession session = new(bypass?.Model ?? widened?.Model.ToByteArray() ?? model, options.Provider, cancellationToken);
        try
        {
            OnnxPredictor predictor = new(session, parsed, bypass, widened, options)
            {
                proof = session.Provider != "cpu" && options.Compared ? new DeviceProof(model, session.Provider, DeviceProof.IsHalf(parsed)) : null,
            };
            return predictor.readable.Length > 0
                ? predictor
                : throw new InputException("The model has no output that is a tensor or a sequence of maps.");
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public Prediction Predict(InputBatch batch, CancellationToken cancellationToken) => new(Predict(batch, all, cancellationToken));

    /// <inheritdoc />
    public OutputValues Predict(InputBatch batch, string output, CancellationToken cancellationToken)
    {
        int place = Array.FindIndex(readable, spec => spec.Name == output);
        return place < 0
            ? throw new ArgumentException($"No output '{output}'.", nameof(output))
            : Predict(batch, [place], cancellationToken)[0];
    }

    private OutputValues[] Predict(InputBatch batch, int[] wanted, CancellationToken cancellationToken)
    {
        BatchSize.Check(batch, Signature);
        if (Interlocked.Exchange(ref proof, null) is DeviceProof asked)
        {
            InputBatch rows = batch.Rows <= DeviceProof.Rows ? batch : batch.Slice(0, DeviceProof.Rows);
            compared = asked.Run(rows, Predict(rows, all, cancellationToken), cancellationToken);
        }

        if (batch.Rows > 1 && Interlocked.Exchange(ref tried, 1) == 0)
        {
            mixed = RowsApart.Try(batch, rows => Predict(rows, all, cancellationToken));
        }

        int fixedBatch = Signature.Inputs.Max(input => input.FixedBatch);
        while (true)
        {
            int size = fixedBatch > 0 ? fixedBatch : rowByRow ? 1
                : runSize.Of(batch, readable, rows => runs.Once(batch, 0, rows, readNames, false, cancellationToken));
            try
            {
                return Predict(batch, wanted, size, fixedBatch, cancellationToken);
            }
            catch (InputException refusal) when (fixedBatch == 0 && runSize.Halve(size, refusal))
            {
            }
        }
    }

    private OutputValues[] Predict(InputBatch batch, int[] wanted, int size, int fixedBatch, CancellationToken cancellationToken)
    {
        string[] names = [.. wanted.Select(place => readNames[place])];
        int batches = (batch.Rows + size - 1) / size;
        IReadOnlyList<RawOutput>[] results = new IReadOnlyList<RawOutput>[batches];
        if (batches == 1 || options.Threads == 1)
        {
            for (int i = 0; i < batches; i++)
            {
                results[i] = RunBatch(batch, i * size, size, fixedBatch > 0, names, cancellationToken);
            }
        }
        else
        {
            RunSideBySide(batch, size, fixedBatch > 0, names, results, cancellationToken);
        }

        return [.. wanted.Select((place, i) =>
            OutputJoin.Join(readable[place], [.. results.Select(result => result[i])], size, fixedBatch > 0, batch.Rows))];
    }

    /// <summary>Runs a batch in as few runs as its size allows and never row by row, so that the same size always takes the same way.</summary>
    /// <param name="batch">At least one row; tensors in the order and types of <see cref="Signature"/>.</param>
    /// <param name="cancellationToken">Ends the run in progress.</param>
    /// <exception cref="InputException">The model refused a row of it, ran past its limit, or does not give one result a row.</exception>
    internal Prediction PredictAtOnce(InputBatch batch, CancellationToken cancellationToken)
    {
        BatchSize.Check(batch, Signature);
        int fixedBatch = Signature.Inputs.Max(input => input.FixedBatch);
        int size = fixedBatch > 0 ? fixedBatch : BatchSize.Of(batch, readable, options.BatchRows, false);
        IReadOnlyList<RawOutput>[] results =
        [
            .. Enumerable.Range(0, (batch.Rows + size - 1) / size).Select(part => BatchSize.Filled(batch, part * size, size, fixedBatch > 0) is InputBatch filled
                ? runs.Once(filled, 0, size, readNames, true, cancellationToken)
                : runs.Once(batch, part * size, Math.Min(size, batch.Rows - (part * size)), readNames, batch.Rows > 1, cancellationToken)),
        ];
        return new Prediction([.. readable.Select((spec, at) => OutputJoin.Join(spec, [.. results.Select(result => result[at])], size, fixedBatch > 0, batch.Rows))]);
    }

    /// <inheritdoc />
    public void Dispose() => session.Dispose();

    private void RunSideBySide(
        InputBatch batch, int size, bool pad, string[] names, IReadOnlyList<RawOutput>[] results, CancellationToken cancellationToken)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, results.Length, parallel, i => results[i] = RunBatch(batch, i * size, size, pad, names, cancellationToken));
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    private IReadOnlyList<RawOutput> RunBatch(
        InputBatch batch, int start, int size, bool pad, string[] names, CancellationToken cancellationToken)
    {
        int count = Math.Min(size, batch.Rows - start);
        if (BatchSize.Filled(batch, start, size, pad) is InputBatch filled)
        {
            return runs.Once(filled, 0, size, names, false, cancellationToken);
        }

        try
        {
            IReadOnlyList<RawOutput> outputs = runs.Once(batch, start, count, names, count == size && size > 1, cancellationToken);
            if (pad || count == 1 || outputs.All(output => output.Dims.Length > 0 && output.Dims[0] == count))
            {
                return outputs;
            }
        }
        catch (InputException refusal) when (!pad && count > 1 && refusal.InnerException is OnnxRuntimeException && !runSize.LacksRoom(refusal)
            && runs.Takes(batch, start, names, cancellationToken))
        {
        }

        List<RawOutput> singly = RunSingly(batch, start, count, names, cancellationToken);
        rowByRow = true; // and not where a row is refused alone as well
        return singly;
    }

    private List<RawOutput> RunSingly(InputBatch batch, int start, int count, string[] names, CancellationToken cancellationToken)
    {
        IReadOnlyList<RawOutput>[] rows = new IReadOnlyList<RawOutput>[count];
        for (int row = 0; row < count; row++)
        {
            rows[row] = runs.Once(batch, start + row, 1, names, false, cancellationToken);
        }

        return [.. names.Select((name, i) => OutputJoin.Stack(
            readable[Array.IndexOf(readNames, name)], [.. rows.Select(row => row[i])]))];
    }
}
