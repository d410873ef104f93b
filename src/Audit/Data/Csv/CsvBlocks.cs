using System.Diagnostics;
using System.Text.Unicode;
using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data.Csv;

/// <summary>Cuts a stream of CSV into its header and blocks of whole rows; holds one block and one index in memory.</summary>
internal sealed class CsvBlocks
{
    private const int BlockBytes = 1 << 17;

    private readonly ByteWindow window;
    private readonly DataLimits limits;
    private readonly long likelyBytes;
    private readonly byte lineEnd;
    private readonly CsvIndex index = new();
    private long line = 1;

    /// <summary>Opens a stream and reads its header.</summary>
    /// <param name="stream">Read to its end, not disposed.</param>
    /// <param name="length">Its length, or -1 where nobody knows.</param>
    /// <param name="limits">What it may hold.</param>
    /// <exception cref="InputException">The header breaks a rule, or the text is not UTF-8.</exception>
    public CsvBlocks(Stream stream, long length, DataLimits limits)
    {
        this.limits = limits;
        likelyBytes = length;
        window = new ByteWindow(stream, BlockBytes, limits);
        lineEnd = LineEnd();
        CsvRecord header = Record() ?? throw new InputException("The data is empty: it has no header line.") { Line = 1 };
        Names = CsvHeader.Names(header, limits);
        Take(header);
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    private ReadOnlySpan<byte> Bytes => window.Bytes;

    /// <summary>Reads the next rows.</summary>
    /// <param name="block">Takes them.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputException">The bytes break a rule; the sentence names the line.</exception>
    public bool Next(CsvBlock block)
    {
        while (true)
        {
            index.Build(window.Buffer, window.Start, window.End, lineEnd, Names.Count, limits.LineBytes);
            if (index.Rows > 0)
            {
                break;
            }

            if (window.Ended && Bytes.IsEmpty)
            {
                return false;
            }

            if (index.Broken || (!window.Ended && Bytes.Length > limits.LineBytes) || (window.Ended && !Terminate()))
            {
                Fault();
                return false;
            }

            if (!window.Ended)
            {
                window.Fill();
            }
        }

        ReadOnlySpan<byte> rows = Bytes[..(index.Next - window.Start)];
        if (!Utf8.IsValid(rows) || rows.Contains((byte)0) || (lineEnd == (byte)'\r' && rows.Contains((byte)'\n')))
        {
            Explain(index.Next);
        }

        double guess = (double)likelyBytes / rows.Length * index.Rows * 1.02;
        long likely = (long)Math.Clamp(guess, index.Rows, Math.Max(index.Rows, limits.TableBytes / (8.0 * Names.Count)));
        block.Set(window.Buffer, window.Start, index, Names.Count, line, lineEnd, likely);
        line = block.NextLine;
        window.Start = index.Next;
        return true;
    }

    /// <summary>Finds what is wrong in the block that <see cref="Next"/> gave, and throws it.</summary>
    /// <exception cref="InputException">The first fault, with its line.</exception>
    public void Explain(CsvBlock block)
    {
        (window.Start, line) = (block.Start, block.Line);
        Explain(window.End);
    }

    // The slow and exact reader goes over the same bytes and throws at the first fault, unless there is none.
    private void Explain(int until)
    {
        (int resume, long resumeLine) = (window.Start, line);
        while (window.Start < until && Record() is CsvRecord record)
        {
            RefuseWidth(record);
            Take(record);
        }

        (window.Start, line) = (resume, resumeLine);
    }

    // The next record is no row: throws what it is, unless only empty lines follow to the end of the file.
    private void Fault()
    {
        CsvRecord? record = Record();
        if (record is { IsBlank: true })
        {
            while (Bytes.IndexOfAnyExcept((byte)'\n', (byte)'\r') < 0)
            {
                window.Start = window.End;
                if (window.Ended)
                {
                    return;
                }

                window.Fill();
            }
        }

        RefuseWidth(record ?? throw new UnreachableException());
        throw new UnreachableException();
    }

    private void RefuseWidth(CsvRecord record)
    {
        if (record.Cells.Count != Names.Count)
        {
            throw DataFault.At(line, $"has {record.Cells.Count} {(record.Cells.Count == 1 ? "cell" : "cells")} where the header has {Names.Count}");
        }
    }

    // The last row of a file may lack its line end; with one it is like any other.
    private bool Terminate()
    {
        if (index.EndsQuoted || Bytes[^1] == lineEnd)
        {
            return false;
        }

        window.Append(lineEnd);
        return true;
    }

    private CsvRecord? Record()
    {
        while (!Bytes.IsEmpty || !window.Ended)
        {
            if (!Bytes.IsEmpty && CsvRecord.Read(Bytes, window.Ended, lineEnd, line, limits) is CsvRecord record)
            {
                return record;
            }

            window.Fill();
        }

        return null;
    }

    private void Take(CsvRecord record)
    {
        window.Start += record.Length;
        line += record.Lines;
    }

    // LF and CRLF go together; a header that ends in CR alone makes CR the line end of the file.
    private byte LineEnd()
    {
        while (true)
        {
            int feed = QuotedRecord.Length(Bytes, window.Ended, (byte)'\n');
            int carriage = QuotedRecord.Length(Bytes, window.Ended, (byte)'\r');
            if (carriage >= 0 && carriage < Bytes.Length - 1 && (feed < 0 || feed > carriage + 1))
            {
                return (byte)'\r';
            }

            bool isOpen = feed < 0 && (carriage < 0 || carriage == Bytes.Length - 1);
            if (!isOpen || window.Ended || Bytes.Length > limits.LineBytes)
            {
                return (byte)'\n';
            }

            window.Fill();
        }
    }
}
