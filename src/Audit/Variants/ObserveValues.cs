using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Variants;

/// <summary>Runs a model on rows and looks at values inside it.</summary>
internal sealed class ObserveValues : IDisposable
{
    private const int BatchRows = 256;

    private readonly OnnxSession session;
    private readonly IReadOnlyList<string> values;
    private readonly InputBatch rows;
    private readonly int fixedBatch;

    /// <summary>Loads the model with the values as its outputs.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="values">Names of inputs and outputs of nodes, at least one.</param>
    /// <param name="rows">Rows in the order and types of the model's signature.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <exception cref="InputException">The runtime refuses the model.</exception>
    public ObserveValues(ModelProto model, IReadOnlyList<string> values, InputBatch rows, CancellationToken cancellationToken)
    {
        ModelProto open = (NarrowInputs.Find(model)?.Model ?? model).Clone();
        fixedBatch = (int)open.Graph.Input.Select(input => input.Type?.TensorType?.Shape is { Dim.Count: > 0 } shape ? shape.Dim[0].DimValue : 0).DefaultIfEmpty(0).Max();
        open.Graph.Output.Clear();
        open.Graph.Output.AddRange(values.Select(value => new ValueInfoProto { Name = value }));
        this.values = values;
        session = new OnnxSession(open.ToByteArray(), "cpu", cancellationToken);
        this.rows = new InputBatch([.. session.InputNames.Select(name => rows.Tensors.First(tensor => tensor.Name == name))]);
    }

    /// <summary>Goes through all rows.</summary>
    /// <param name="look">Called for each value of each batch, with its name, numbers and shape.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The model refuses the rows.</exception>
    public void Run(Action<string, double[], int[]> look, CancellationToken cancellationToken)
    {
        bool[] scalar = [.. rows.Tensors.Select(_ => false)];
        int size = fixedBatch > 0 ? fixedBatch : BatchRows;
        for (int start = 0; start < rows.Rows; start += size)
        {
            // Rows that fill up a batch of a fixed size are copies of the last one: they widen no range.
            int[] taken = [.. Enumerable.Range(start, fixedBatch > 0 ? size : Math.Min(size, rows.Rows - start)).Select(row => Math.Min(row, rows.Rows - 1))];
            IReadOnlyList<RawOutput> outputs = Once(rows.Take(taken), taken.Length, scalar, cancellationToken);
            for (int i = 0; i < outputs.Count; i++)
            {
                look(values[i], outputs[i].Numbers ?? [], outputs[i].Dims);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private IReadOnlyList<RawOutput> Once(InputBatch batch, int count, bool[] scalar, CancellationToken cancellationToken)
    {
        try
        {
            return session.Run(batch.Tensors, 0, count, scalar, values, false, cancellationToken);
        }
        catch (Microsoft.ML.OnnxRuntime.OnnxRuntimeException fault)
        {
            throw new InputException($"The model cannot run these rows: {RuntimeFault.Sentence(fault)}", fault);
        }
    }
}
