using System.Buffers.Binary;
using System.Text;
using Governance.Audit.Data;
using Governance.Portal.Protocols.OpenInference;

namespace Governance.Portal.Tests.Protocols;

/// <summary>The protocol's own examples, read byte for byte, and what is none.</summary>
public sealed class ReadInferRequestTests
{
    // Open Inference Protocol V2, "Inference Request Examples".
    private const string Published = """
        {
          "id" : "42",
          "inputs" : [
            { "name" : "input0", "shape" : [ 2, 2 ], "datatype" : "UINT32", "data" : [ 1, 2, 3, 4 ] },
            { "name" : "input1", "shape" : [ 3 ], "datatype" : "BOOL", "data" : [ true, false, true ] }
          ],
          "outputs" : [ { "name" : "output0" } ]
        }
        """;

    // Binary tensor data extension, "Example".
    private const string PublishedBinary = """
        {
          "model_name" : "mymodel",
          "inputs" : [
            { "name" : "input0", "shape" : [ 2, 2 ], "datatype" : "UINT32", "parameters" : { "binary_data_size" : 16 } },
            { "name" : "input1", "shape" : [ 3 ], "datatype" : "BOOL", "parameters" : { "binary_data_size" : 3 } }
          ],
          "outputs" : [ { "name" : "output0", "parameters" : { "binary_data" : true } }, { "name" : "output1" } ]
        }
        """;

    [Fact]
    public void The_published_request_is_read()
    {
        InferRequest request = ReadInferRequest.Read(Encoding.UTF8.GetBytes(Published), null);

        Assert.Equal(("42", 2, "output0"), (request.Id, request.Inputs.Count, Assert.Single(request.Outputs).Name));
        Assert.Equal(new long[] { 1, 2, 3, 4 }, request.Inputs[0].Values);
        Assert.Equal([2, 2], request.Inputs[0].Shape);
        Assert.Equal(new[] { true, false, true }, request.Inputs[1].Values);
        Assert.False(request.IsBinary("output0"));
    }

    [Fact]
    public void The_published_request_of_the_binary_extension_is_read()
    {
        byte[] json = Encoding.UTF8.GetBytes(PublishedBinary);
        byte[] body = [.. json, .. Whole(1, 2, 3, 4), 1, 0, 1];

        InferRequest request = ReadInferRequest.Read(body, json.Length);

        Assert.Equal(new long[] { 1, 2, 3, 4 }, request.Inputs[0].Values);
        Assert.Equal(new[] { true, false, true }, request.Inputs[1].Values);
        Assert.True(request.IsBinary("output0"));
        Assert.False(request.IsBinary("output1"));
    }

    [Theory]
    [InlineData("[[1, 2], [3, 4]]")]
    [InlineData("[1, 2, 3, 4]")]
    [InlineData("[[1, 2, 3], [4]]")] // row-major is all that counts
    public void Data_may_be_nested_or_flat(string data) =>
        Assert.Equal(new[] { 1f, 2, 3, 4 }, Read("FP32", "[2, 2]", data).Inputs[0].Values);

    [Fact]
    public void Every_element_type_is_read_from_json_and_from_bytes()
    {
        foreach ((string type, string data, byte[] bytes, Array expected) in ((string, string, byte[], Array)[])
        [
            ("BOOL", "[true, false]", [1, 0], new[] { true, false }), ("UINT8", "[255, 0]", [255, 0], new long[] { 255, 0 }),
            ("INT8", "[-1, 1]", [255, 1], new long[] { -1, 1 }), ("UINT16", "[65535, 1]", [255, 255, 1, 0], new long[] { 65535, 1 }),
            ("INT16", "[-2, 1]", [254, 255, 1, 0], new long[] { -2, 1 }), ("UINT32", "[4294967295, 1]", [255, 255, 255, 255, 1, 0, 0, 0], new long[] { 4294967295, 1 }),
            ("INT32", "[-1, 1]", [255, 255, 255, 255, 1, 0, 0, 0], new long[] { -1, 1 }), ("INT64", "[-1, 1]", [.. BitConverter.GetBytes(-1L), .. BitConverter.GetBytes(1L)], new long[] { -1, 1 }),
            ("UINT64", "[7, 1]", [.. BitConverter.GetBytes(7UL), .. BitConverter.GetBytes(1UL)], new long[] { 7, 1 }),
            ("FP16", "[1.5, -2]", [.. BitConverter.GetBytes((Half)1.5), .. BitConverter.GetBytes((Half)(-2))], new[] { 1.5f, -2 }),
            ("BF16", "[1.5, -2]", [0xC0, 0x3F, 0x00, 0xC0], new[] { 1.5f, -2 }),
            ("FP32", "[0.1, -2]", [.. BitConverter.GetBytes(0.1f), .. BitConverter.GetBytes(-2f)], new[] { 0.1f, -2 }),
            ("FP64", "[0.1, -2]", [.. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(-2.0)], new[] { 0.1, -2 }),
            ("BYTES", "[\"a\", \"é\"]", [1, 0, 0, 0, 97, 2, 0, 0, 0, 0xC3, 0xA9], new[] { "a", "é" }),
        ])
        {
            byte[] json = Encoding.UTF8.GetBytes($$$"""{"inputs":[{"name":"x","shape":[2],"datatype":"{{{type}}}","parameters":{"binary_data_size":{{{bytes.Length}}}}}]}""");

            Assert.Equal(expected, Read(type, "[2]", data).Inputs[0].Values);
            Assert.Equal(expected, ReadInferRequest.Read((byte[])[.. json, .. bytes], json.Length).Inputs[0].Values);
        }
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "no array 'inputs'")]
    [InlineData("""{"inputs":[]}""", "1 to 4096 inputs")]
    [InlineData("""{"inputs":[{"shape":[1],"datatype":"FP32","data":[1]}]}""", "no name")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"datatype":"FP128","data":[1]}]}""", "FP128")]
    [InlineData("""{"inputs":[{"name":"x","datatype":"FP32","data":[1]}]}""", "no shape")]
    [InlineData("""{"inputs":[{"name":"x","shape":[-1],"datatype":"FP32","data":[1]}]}""", "dimension of -1")]
    [InlineData("""{"inputs":[{"name":"x","shape":[100000,100000],"datatype":"FP32","data":[1]}]}""", "more than")]
    [InlineData("""{"inputs":[{"name":"x","shape":[2],"datatype":"FP32","data":[1]}]}""", "1 elements; its shape says 2")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1,2,3]}]}""", "more elements")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"datatype":"UINT8","data":[256]}]}""", "256, which is no UINT8")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"datatype":"INT32","data":["1"]}]}""", "no INT32")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1e40]}]}""", "no FP32")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"datatype":"FP32"}]}""", "neither data")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}}]}""", "0 bytes are left")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1],"shape":[2],"datatype":"FP32","data":[1]}]}""", "not valid JSON")]
    [InlineData("""{"inputs":[7]}""", "no name")]
    [InlineData("""{"inputs":[{"name":"x","shape":["two"],"datatype":"FP32","data":[1]}]}""", "another kind")]
    public void What_is_no_request_is_said_in_words(string json, string words)
    {
        InputException refusal = Assert.Throws<InputException>(() => ReadInferRequest.Read(Encoding.UTF8.GetBytes(json), null));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_too_many_too_few_or_cut_are_refused()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"inputs":[{"name":"x","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":6}}]}""");
        foreach (byte[] behind in (byte[][])[[1, 0, 0, 0, 97], [1, 0, 0, 0, 97, 0], [9, 0, 0, 0, 97, 98], [1, 0, 0, 0, 97, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0]])
        {
            Assert.Throws<InputException>(() => ReadInferRequest.Read((byte[])[.. json, .. behind], json.Length));
        }

        Assert.Throws<InputException>(() => ReadInferRequest.Read(json, json.Length + 1));
    }

    private static InferRequest Read(string type, string shape, string data) =>
        ReadInferRequest.Read(Encoding.UTF8.GetBytes($$$"""{"inputs":[{"name":"x","shape":{{{shape}}},"datatype":"{{{type}}}","data":{{{data}}}}]}"""), null);

    private static byte[] Whole(params uint[] numbers)
    {
        byte[] bytes = new byte[numbers.Length * 4];
        for (int at = 0; at < numbers.Length; at++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at * 4), numbers[at]);
        }

        return bytes;
    }
}
