using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Gradients;

/// <summary>Finds out shapes and types by running a graph on two and on three copies of a row.</summary>
/// <remarks>
/// Shapes that a graph computes (attention reshapes by what Shape gave) are known to nothing but the runtime; what
/// differs between two and three rows is what depends on their number.
/// </remarks>
internal static class ProbeValues
{
    /// <summary>Looks at values.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="row">One row of its inputs.</param>
    /// <param name="fixedBatch">The only batch that the graph takes, or 0.</param>
    /// <param name="values">Names of inputs, initializers, and outputs of nodes.</param>
    /// <param name="cancellationToken">Ends the runs.</param>
    /// <exception cref="InputException">The model refuses the row.</exception>
    public static ValueFacts Run(
        ModelProto model, InputBatch row, int fixedBatch, IEnumerable<string> values, CancellationToken cancellationToken)
    {
        ValueFacts facts = new();
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            facts.Add(tensor.Name, [.. tensor.Dims.Select(size => (int)size)], -1, (DataType)tensor.DataType);
        }

        foreach (InputTensor input in row.Tensors)
        {
            facts.Add(input.Name, [fixedBatch > 0 ? fixedBatch : ValueFacts.Free, .. input.RowShape], 0, Type(input.Kind));
        }

        string[] asked = [.. values.Where(value => value.Length > 0 && !facts.Knows(value)).Distinct()];
        if (asked.Length == 0)
        {
            return facts;
        }

        ModelProto open = model.Clone();
        open.Graph.Output.Clear();
        open.Graph.Output.AddRange(asked.Select(value => new ValueInfoProto { Name = value }));
        using OnnxSession session = new(open.ToByteArray(), "cpu", cancellationToken);
        bool[] scalar = [.. row.Tensors.Select(_ => false)];
        InputBatch given = new([.. session.InputNames.Select(name => row.Tensors.First(tensor => tensor.Name == name))]);
        int first = fixedBatch > 0 ? fixedBatch : 2;
        int second = fixedBatch > 0 ? fixedBatch : 3;
        IReadOnlyList<RawOutput> two = Once(session, given, first, scalar, asked, cancellationToken);
        IReadOnlyList<RawOutput> three = fixedBatch > 0 ? two : Once(session, given, second, scalar, asked, cancellationToken);
        for (int i = 0; i < asked.Length; i++)
        {
            int[] small = two[i].Dims;
            int[] large = three[i].Dims;
            if (small.Length != large.Length)
            {
                throw new InputException($"The value '{asked[i]}' has another number of dimensions for another number of rows, which gradients cannot follow.");
            }

            facts.Add(
                asked[i],
                [.. small.Zip(large).Select(pair => pair.First == pair.Second ? pair.First : ValueFacts.Free)],
                Enumerable.Range(0, small.Length).FirstOrDefault(axis => small[axis] == first && large[axis] == second, -1),
                Type(session.Output(asked[i]).ElementDataType));
        }

        return facts;
    }

    private static IReadOnlyList<RawOutput> Once(
        OnnxSession session, InputBatch row, int rows, bool[] scalar, string[] asked, CancellationToken cancellationToken)
    {
        try
        {
            return session.Run(row.Take(new int[rows]).Tensors, 0, rows, scalar, asked, false, cancellationToken);
        }
        catch (Microsoft.ML.OnnxRuntime.OnnxRuntimeException fault)
        {
            throw new InputException($"The model cannot run these rows: {RuntimeFault.Sentence(fault)}", fault);
        }
    }

    private static DataType Type(TensorKind kind) => kind switch
    {
        TensorKind.Float => DataType.Float,
        TensorKind.Double => DataType.Double,
        TensorKind.Int64 => DataType.Int64,
        TensorKind.Int32 => DataType.Int32,
        TensorKind.Boolean => DataType.Bool,
        _ => DataType.String,
    };

    private static DataType Type(TensorElementType type) => type switch
    {
        TensorElementType.Float => DataType.Float,
        TensorElementType.Double => DataType.Double,
        TensorElementType.Int64 => DataType.Int64,
        TensorElementType.Int32 => DataType.Int32,
        TensorElementType.Bool => DataType.Bool,
        TensorElementType.Float16 => DataType.Float16,
        TensorElementType.BFloat16 => DataType.Bfloat16,
        _ => DataType.Undefined,
    };
}
