using System.Text;
using Governance.Audit.Data;

namespace Governance.Audit.Tests.Data;

/// <summary>Reads small data files made in memory.</summary>
internal static class GivenFiles
{
    public static Table Read(byte[] file) => TableFile.Read(new MemoryStream(file), CancellationToken.None);

    public static Table Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static Table Read(string text, params ColumnRule[] rules) =>
        TableFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), rules, new DataLimits(), CancellationToken.None);

    public static InputException Refused(byte[] file) => Assert.Throws<InputException>(() => Read(file));

    public static InputException Refused(string text) => Refused(Encoding.UTF8.GetBytes(text));

    public static List<string?> Texts(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Text)];
}
