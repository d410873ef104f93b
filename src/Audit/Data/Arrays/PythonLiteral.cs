namespace Governance.Audit.Data.Arrays;

/// <summary>Reads the few marks of a Python literal that an NPY header is made of. Nothing is evaluated.</summary>
internal sealed class PythonLiteral(string text)
{
    private int at;

    /// <summary>A refusal of a header that is not of the format's form.</summary>
    public static InputException Fault() =>
        new("The header of the NPY file is not of the form {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)}.");

    /// <summary>The next mark that is no blank, or NUL at the end.</summary>
    public char Peek()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }

    /// <summary>Takes a mark if it is next.</summary>
    public bool Has(char mark)
    {
        bool has = Peek() == mark;
        at += has ? 1 : 0;
        return has;
    }

    /// <summary>Takes a mark.</summary>
    /// <exception cref="InputException">Another is next.</exception>
    public void Need(char mark)
    {
        if (!Has(mark))
        {
            throw Fault();
        }
    }

    /// <summary>Takes text in single or double quotes, without escapes.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public string Text()
    {
        char quote = Peek();
        int end = quote is '\'' or '"' ? text.IndexOf(quote, at + 1) : -1;
        if (end < 0 || text.AsSpan(at, end - at).Contains('\\'))
        {
            throw Fault();
        }

        string inside = text[(at + 1)..end];
        at = end + 1;
        return inside;
    }

    /// <summary>Takes letters and digits.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public string Word()
    {
        Peek();
        int from = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
        {
            at++;
        }

        return at > from ? text[from..at] : throw Fault();
    }

    /// <summary>Refuses anything but blanks up to the end.</summary>
    public void NeedEnd()
    {
        if (Peek() != '\0' || at < text.Length)
        {
            throw Fault();
        }
    }
}
