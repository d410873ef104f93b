using System.Text;
using Governance.Registry.Uploads;

namespace Governance.Registry.Tests.Uploads;

public sealed class FileContentTests
{
    public static TheoryData<byte[], ContentKind> Starts() => new()
    {
        { Encoding.UTF8.GetBytes("race,sex\nwhite,f\n"), ContentKind.Text }, // 'r' is the tag of metadata_props
        { Encoding.UTF8.GetBytes("\"id\",\"age\"\n1,2\n"), ContentKind.Text }, // '"' is the tag of domain
        { Encoding.UTF8.GetBytes("BMI,y\n1,2\n"), ContentKind.Text }, // 'B' is the tag of opset_import
        { Encoding.UTF8.GetBytes("2,3\n1,2\n"), ContentKind.Text },
        { Encoding.UTF8.GetBytes("MZ,PK\n1,2\n"), ContentKind.Text },
        { Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a,b\n")).ToArray(), ContentKind.Text },
        { "a,b\n1,\0\0\n"u8.ToArray(), ContentKind.Text }, // the reader names the line
        { "{\"a\":1}\n"u8.ToArray(), ContentKind.JsonLines },
        { "\uFEFF \r\n{\"a\":1}\n"u8.ToArray(), ContentKind.JsonLines },
        { [0x1F, 0x8B, 8, 0], ContentKind.Gzip },
        { [(byte)'P', (byte)'K', 3, 4, 20], ContentKind.Zip },
        { [0x93, .. "NUMPY"u8, 1, 0], ContentKind.Npy },
        { [0x80, 4, 0x95, 0], ContentKind.Foreign },
        { [0x89, .. "PNG\r\n"u8], ContentKind.Foreign },
        { [0x7F, .. "ELF"u8, 2], ContentKind.Foreign },
        { "PAR1\x15"u8.ToArray(), ContentKind.Foreign },
        { [0x08, 0x0A, 0x12, 0x07, .. "pytorch"u8, 0x3A, 0x80, 0x01], ContentKind.Onnx },
        { [0x42, 0x02, 0x10, 0x12, 0x08, 0x08], ContentKind.Onnx }, // fields in another order
        { [0x12, 0x02, .. "me"u8, 0x08, 0x09, 0xA2, 0x06, 0x01, 0x00], ContentKind.Onnx }, // a field of a later version
        { [0x0A, 0x03, .. "abc"u8, 0x01], ContentKind.Text }, // a graph without its model: field 1 is no text there
        { [], ContentKind.Text },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void A_file_is_told_by_its_first_bytes(byte[] head, ContentKind kind) => Assert.Equal(kind, FileContent.Of(head).Kind);

    [Theory]
    [InlineData(UploadKind.Model, "net.onnx", ContentKind.Onnx)]
    [InlineData(UploadKind.Model, "NET.ONNX", ContentKind.Onnx)]
    [InlineData(UploadKind.Dataset, "a.csv", ContentKind.Text)]
    [InlineData(UploadKind.Dataset, "a.csv.gz", ContentKind.Gzip)]
    [InlineData(UploadKind.Dataset, "a.JSONL", ContentKind.JsonLines)]
    [InlineData(UploadKind.Dataset, "a.npy", ContentKind.Npy)]
    [InlineData(UploadKind.Dataset, "a.npz", ContentKind.Zip)]
    public void A_name_and_its_own_content_fit_and_no_other_does(UploadKind kind, string name, ContentKind own)
    {
        Assert.Null(UploadRules.RefusalFor(kind, name, 100, new UploadLimits()));
        foreach (object[] row in Starts())
        {
            ContentKind content = (ContentKind)row[1];
            bool fits = UploadRules.ContentRefusalFor(kind, name, (byte[])row[0]) is null;

            // Braces may stand at the start of a CSV too.
            Assert.Equal(content == own || (own == ContentKind.Text && content == ContentKind.JsonLines), fits);
        }
    }

    [Fact]
    public void The_limit_of_a_data_set_is_the_portals()
    {
        UploadLimits limits = new() { MostDatasetBytes = 1_000 };

        Assert.Null(UploadRules.RefusalFor(UploadKind.Dataset, "a.csv", 1_000, limits));
        Assert.Equal(
            "The file has 1,001 bytes; at most 1,000 (1000 bytes) are allowed.",
            UploadRules.RefusalFor(UploadKind.Dataset, "a.csv", 1_001, limits)!.Sentence);
    }
}
