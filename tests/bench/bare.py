"""The least a Streamlit page can be: one select box. What the dashboard is measured against."""

import streamlit as st

st.title("Bare page")
st.write(f"Chosen: {st.selectbox('Option', [f'Choice {number:02}' for number in range(40)])}")
