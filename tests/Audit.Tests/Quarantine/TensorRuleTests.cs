using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Quarantine;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Tests.Quarantine;

/// <summary>Dimensions against data, for every element type of the format.</summary>
public sealed class TensorRuleTests
{
    // Number, bytes of six elements in raw data: as the ONNX specification (TensorProto, IR version 13) counts them.
    public static TheoryData<int, int> RawSizes => new()
    {
        { 1, 24 }, { 2, 6 }, { 3, 6 }, { 4, 12 }, { 5, 12 }, { 6, 24 }, { 7, 48 }, { 9, 6 }, { 10, 12 }, { 11, 48 }, { 12, 24 }, { 13, 48 },
        { 14, 48 }, { 15, 96 }, { 16, 12 }, { 17, 6 }, { 18, 6 }, { 19, 6 }, { 20, 6 }, { 21, 3 }, { 22, 3 }, { 23, 3 }, { 24, 6 }, { 25, 2 }, { 26, 2 },
    };

    [Theory]
    [MemberData(nameof(RawSizes))]
    public void Raw_data_has_exactly_the_bytes_that_its_dimensions_need(int type, int bytes)
    {
        Accepts(Raw(type, bytes));
        Refuses(Raw(type, bytes - 1), "6 elements");
        Refuses(Raw(type, bytes + 1), "6 elements");
        Refuses(Raw(type, 0), "6 elements");
    }

    [Fact]
    public void Typed_data_has_exactly_the_numbers_that_its_dimensions_need()
    {
        Accepts(Typed(Element.Float, tensor => tensor.FloatData.AddRange(new float[6])));
        Accepts(Typed(Element.Complex64, tensor => tensor.FloatData.AddRange(new float[12])));
        Accepts(Typed(Element.Uint8, tensor => tensor.Int32Data.AddRange(new int[6])));
        Accepts(Typed(Element.Float16, tensor => tensor.Int32Data.AddRange(new int[6])));
        Accepts(Typed(Element.Int64, tensor => tensor.Int64Data.AddRange(new long[6])));
        Accepts(Typed(Element.Double, tensor => tensor.DoubleData.AddRange(new double[6])));
        Accepts(Typed(Element.Uint32, tensor => tensor.Uint64Data.AddRange(new ulong[6])));
        Accepts(Typed(Element.String, tensor => tensor.StringData.AddRange(Enumerable.Repeat(ByteString.Empty, 6))));
        Refuses(Typed(Element.Float, tensor => tensor.FloatData.AddRange(new float[5])), "5 of the 6 numbers");
        Refuses(Typed(Element.String, tensor => tensor.StringData.Add(ByteString.Empty)), "1 of the 6 numbers");
    }

    [Fact]
    public void Refuses_data_of_another_type_or_of_two_kinds()
    {
        Refuses(Typed(Element.Float, tensor => tensor.Int64Data.AddRange(new long[6])), "another type");
        Refuses(Typed(Element.Float, tensor => { tensor.FloatData.AddRange(new float[6]); tensor.RawData = ByteString.CopyFrom(new byte[24]); }), "another type");
        Refuses(Typed(Element.String, tensor => tensor.RawData = ByteString.CopyFrom(new byte[24])), "6 elements");
        Refuses(Raw(0, 24), "element type 0");
        Refuses(Raw(99, 24), "element type 99");
    }

    [Fact]
    public void Refuses_dimensions_that_no_tensor_has()
    {
        Refuses(Sized(-4), "-4, which is negative");
        Refuses(Sized(1L << 31, 4_096), "8,796,093,022,208 elements");
        Refuses(Sized(long.MaxValue, long.MaxValue, long.MaxValue), "elements");
        Refuses(Sized([.. Enumerable.Repeat(1L, 65)]), "65 dimensions");
        Accepts(Sized(long.MaxValue, 0));
    }

    [Fact]
    public void Refuses_sparse_weights_that_are_huge_when_dense()
    {
        Refuses(Sparse(1L << 40), "when dense");
        Refuses(Sparse(-1), "no tensor can have");
        Accepts(Sparse(16));
    }

    private static TensorProto Raw(int type, int bytes) =>
        new() { Name = "k", DataType = type, Dims = { 2, 3 }, RawData = ByteString.CopyFrom(new byte[bytes]) };

    private static TensorProto Typed(Element type, Action<TensorProto> fill)
    {
        TensorProto tensor = new() { Name = "k", DataType = (int)type, Dims = { 2, 3 } };
        fill(tensor);
        return tensor;
    }

    private static TensorProto Sized(params long[] dims) => new() { Name = "k", DataType = (int)Element.Float, Dims = { dims } };

    private static SparseTensorProto Sparse(long size) => new()
    {
        Values = new TensorProto { Name = "k", DataType = (int)Element.Float, Dims = { 1 }, FloatData = { 1f } },
        Indices = new TensorProto { DataType = (int)Element.Int64, Dims = { 1 }, Int64Data = { 3 } },
        Dims = { size },
    };

    private static byte[] With(TensorProto tensor) => HostileModels.Changed(model => model.Graph.Initializer.Add(tensor));

    private static byte[] With(SparseTensorProto tensor) => HostileModels.Changed(model => model.Graph.SparseInitializer.Add(tensor));

    private static void Accepts(TensorProto tensor) => PreParser.Read(With(tensor), ModelLimits.Default);

    private static void Accepts(SparseTensorProto tensor) => PreParser.Read(With(tensor), ModelLimits.Default);

    private static void Refuses(TensorProto tensor, string words) => Refuses(With(tensor), words);

    private static void Refuses(SparseTensorProto tensor, string words) => Refuses(With(tensor), words);

    private static void Refuses(byte[] file, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => PreParser.Read(file, ModelLimits.Default)).Message, StringComparison.Ordinal);
}
